//! `struct`: numbers as bytes. The functions of the module reach us as methods of a `Struct`.
// `struct.error` is called so.
#![allow(non_camel_case_types)]

use std::marker::PhantomData;

use num_traits::ToPrimitive;

use crate::exception::builtin::class;
use crate::prelude::*;
use crate::value::Kind;

mod fields;

pub use fields::Fields;
use fields::{Field, half, of_half};

class! {
    @ /// `struct.error`
    error: Exception, "struct";
}

/// `struct.Struct`, of values of these types.
pub struct Struct<T>(Rc<Layout>, PhantomData<T>);

impl<T> Clone for Struct<T> {
    fn clone(&self) -> Self {
        Struct(Rc::clone(&self.0), PhantomData)
    }
}

struct Layout {
    format: Str,
    big: bool,
    native: bool,
    /// Each with its place.
    fields: Vec<(usize, Field)>,
    size: usize,
}

fn wrong(text: impl Into<String>) -> PyErr {
    error::new(text.into())
}

/// Reads a format.
fn layout(format: &str) -> PyResult<Layout> {
    let (mut big, mut native, mut rest) = (cfg!(target_endian = "big"), true, format);
    if let Some(first) = format.chars().next()
        && "@=<>!".contains(first)
    {
        rest = &format[1..];
        native = first == '@';
        big = match first {
            '>' | '!' => true,
            '<' => false,
            _ => big,
        };
    }
    let (mut fields, mut size) = (Vec::new(), 0);
    let mut count: Option<usize> = None;
    for c in rest.chars() {
        if let Some(digit) = c.to_digit(10) {
            count = Some(count.unwrap_or(0) * 10 + digit as usize);
            continue;
        }
        if c.is_ascii_whitespace() {
            continue;
        }
        let field = Field::of(c, native).ok_or_else(|| wrong("bad char in struct format"))?;
        let times = count.take().unwrap_or(1);
        let width = field.width(native);
        if native && field.is_aligned() {
            size = usize::next_multiple_of(size, width.max(1));
        }
        match field {
            Field::Pad => size += times,
            Field::Text | Field::Pascal => {
                fields.push((size, if field == Field::Text { Field::Bytes(times) } else { Field::Counted(times) }));
                size += times;
            }
            field => {
                for _ in 0..times {
                    fields.push((size, field));
                    size += width;
                }
            }
        }
    }
    if count.is_some() {
        return Err(wrong("repeat count given without format specifier"));
    }
    Ok(Layout { format: Str::copy_of(format), big, native, fields, size })
}

/// `calcsize(format)`
pub fn calcsize(format: &str) -> PyResult<i64> {
    Ok(layout(format)?.size as i64)
}

/// `pack(format, *values)`
pub fn pack<const N: usize>(format: &str, values: [Value; N]) -> PyResult<Bytes> {
    packed(&layout(format)?, &values)
}

fn packed(layout: &Layout, values: &[Value]) -> PyResult<Bytes> {
    if values.len() != layout.fields.len() {
        let wanted = layout.fields.len();
        return Err(wrong(format!("pack expected {wanted} items for packing (got {})", values.len())));
    }
    let mut out = vec![0; layout.size];
    for ((place, field), value) in layout.fields.iter().zip(values) {
        let bytes = written(*field, value, layout)?;
        out[*place..*place + bytes.len()].copy_from_slice(&bytes);
    }
    Ok(Bytes::from(out))
}

fn written(field: Field, value: &Value, layout: &Layout) -> PyResult<Vec<u8>> {
    let ordered = |mut bytes: Vec<u8>| {
        if layout.big {
            bytes.reverse();
        }
        bytes
    };
    Ok(match field {
        Field::Int { code, signed } => {
            let width = field.width(layout.native);
            let number: i128 = match &value.0 {
                Kind::Int(value) => (*value).into(),
                Kind::Bool(value) => i128::from(*value),
                Kind::Big(value) => value.to_i128().unwrap_or(i128::MAX),
                _ => return Err(wrong("required argument is not an integer")),
            };
            let bits = width as u32 * 8;
            let (least, most) = if signed { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) } else { (0, (1 << bits) - 1) };
            if !(least..=most).contains(&number) {
                return Err(wrong(format!("'{code}' format requires {least} <= number <= {most}")));
            }
            ordered(number.to_le_bytes()[..width].to_vec())
        }
        Field::Float(width) => {
            let number = match &value.0 {
                Kind::Float(value) => *value,
                Kind::Int(value) => *value as f64,
                Kind::Bool(value) => f64::from(*value),
                Kind::Big(value) => value.to_f64().unwrap_or(f64::INFINITY),
                _ => return Err(wrong("required argument is not a float")),
            };
            let single = number as f32;
            if width == 4 && !layout.native && single.is_infinite() && number.is_finite() {
                return Err(OverflowError::new("float too large to pack with f format"));
            }
            ordered(match width {
                2 => half(number)?.to_le_bytes().to_vec(),
                4 => single.to_le_bytes().to_vec(),
                _ => number.to_le_bytes().to_vec(),
            })
        }
        Field::Bool => vec![u8::from(value.truthy())],
        Field::Char => match &value.0 {
            Kind::Bytes(bytes) if bytes.len() == 1 => bytes.to_vec(),
            _ => return Err(wrong("char format requires a bytes object of length 1")),
        },
        Field::Bytes(length) | Field::Counted(length) => {
            let counted = matches!(field, Field::Counted(_));
            let Some(bytes) = bytes_of(value) else {
                let code = if counted { 'p' } else { 's' };
                return Err(wrong(format!("argument for '{code}' must be a bytes object")));
            };
            let room = length.saturating_sub(usize::from(counted));
            let mut out = bytes[..bytes.len().min(room)].to_vec();
            if counted && length > 0 {
                out.insert(0, out.len().min(255) as u8);
            }
            out.resize(length, 0);
            out
        }
        Field::Pad | Field::Text | Field::Pascal => Vec::new(),
    })
}

fn bytes_of(value: &Value) -> Option<Vec<u8>> {
    match &value.0 {
        Kind::Bytes(bytes) => Some(bytes.to_vec()),
        _ => None,
    }
}

/// One value that was read.
pub(crate) fn read(field: Field, bytes: &[u8], big: bool, native: bool) -> PyResult<Value> {
    let ordered = |count: usize| {
        let mut bytes = bytes[..count].to_vec();
        if big {
            bytes.reverse();
        }
        bytes
    };
    Ok(match field {
        Field::Int { signed, .. } => {
            let width = field.width(native);
            let bytes = ordered(width);
            let fill = if signed && bytes.last().is_some_and(|last| last & 0x80 != 0) { 0xff } else { 0 };
            let mut whole = [fill; 16];
            whole[..width].copy_from_slice(&bytes);
            let number = i128::from_le_bytes(whole);
            match i64::try_from(number) {
                Ok(number) => Value::from(number),
                Err(_) => Value::from(Int::from(num_bigint::BigInt::from(number))),
            }
        }
        Field::Float(width) => {
            let bytes = ordered(width);
            let word = bytes.iter().rev().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
            Value::from(match width {
                2 => of_half(word as u16),
                4 => f64::from(f32::from_bits(word as u32)),
                _ => f64::from_bits(word),
            })
        }
        Field::Bool => Value::from(bytes[0] != 0),
        Field::Char => Value::from(Bytes::from_slice(&bytes[..1])),
        Field::Bytes(length) => Value::from(Bytes::from_slice(&bytes[..length])),
        Field::Counted(length) => {
            let count = usize::from(bytes.first().copied().unwrap_or(0)).min(length.saturating_sub(1));
            Value::from(Bytes::from_slice(bytes.get(1..1 + count).unwrap_or_default()))
        }
        Field::Pad | Field::Text | Field::Pascal => Value::None,
    })
}

impl<T: Fields> Struct<T> {
    /// `Struct(format)`
    pub fn new(format: &str) -> PyResult<Struct<T>> {
        Ok(Struct(Rc::new(layout(format)?), PhantomData))
    }

    /// `size`
    pub fn size(&self) -> i64 {
        self.0.size as i64
    }

    /// `format`
    pub fn format(&self) -> Str {
        self.0.format.clone()
    }

    /// `pack(*values)`
    pub fn pack<const N: usize>(&self, values: [Value; N]) -> PyResult<Bytes> {
        packed(&self.0, &values)
    }

    fn values(&self, bytes: &[u8]) -> PyResult<T> {
        let fields = self.0.fields.iter();
        let values = fields.map(|(place, field)| read(*field, &bytes[*place..], self.0.big, self.0.native));
        T::of(values.collect::<PyResult<Vec<Value>>>()?)
    }

    /// `unpack(buffer)`
    pub fn unpack(&self, buffer: &[u8]) -> PyResult<T> {
        if buffer.len() != self.0.size {
            return Err(wrong(format!("unpack requires a buffer of {} bytes", self.0.size)));
        }
        self.values(buffer)
    }

    /// `unpack_from(buffer, offset)`
    pub fn unpack_from(&self, buffer: &[u8], offset: i64) -> PyResult<T> {
        let size = self.0.size;
        let start = if offset < 0 { offset + buffer.len() as i64 } else { offset };
        if offset < 0 && start < 0 {
            let text = format!("offset {offset} out of range for {}-byte buffer", buffer.len());
            return Err(wrong(text));
        }
        match buffer.get(start as usize..).filter(|rest| rest.len() >= size) {
            Some(rest) => self.values(&rest[..size]),
            None if offset < 0 => Err(wrong(format!("not enough data to unpack {size} bytes at offset {offset}"))),
            None => Err(wrong(format!(
                "unpack_from requires a buffer of at least {} bytes for unpacking {size} bytes at offset {offset} (actual buffer size is {})",
                start as usize + size,
                buffer.len()
            ))),
        }
    }

    /// `iter_unpack(buffer)`
    pub fn iter_unpack(&self, buffer: &[u8]) -> PyResult<Iter<T>> {
        let size = self.0.size;
        if size == 0 {
            return Err(wrong("cannot iteratively unpack with a struct of length 0"));
        }
        if !buffer.len().is_multiple_of(size) {
            return Err(wrong(format!("iterative unpacking requires a buffer of a multiple of {size} bytes")));
        }
        let all: PyResult<Vec<T>> = buffer.chunks_exact(size).map(|chunk| self.values(chunk)).collect();
        Ok(Iter::named("unpack_iterator", all?.into_iter().map(Ok)))
    }

    /// `pack_into(buffer, offset, *values)`
    pub fn pack_into<const N: usize>(
        &self,
        buffer: &crate::builtins::ByteArray,
        offset: i64,
        values: [Value; N],
    ) -> PyResult {
        let bytes = packed(&self.0, &values)?;
        let (size, length) = (self.0.size as i64, buffer.len());
        if offset < 0 || offset + size > length {
            return Err(wrong(format!(
                "pack_into requires a buffer of at least {} bytes for packing {size} bytes at offset {offset} (actual buffer size is {length})",
                offset + size
            )));
        }
        buffer.set_slice(Some(offset), Some(offset + size), &bytes)
    }
}

impl<T: 'static> Object for Struct<T> {
    fn py_type(&self) -> &'static str {
        "Struct"
    }

    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        write!(out, "Struct({})", repr(&self.0.format))
    }
}

impl<T: 'static> Key for Struct<T> {}

impl<T: 'static> Compare for Struct<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() -> PyResult {
        let bytes = pack("<IHb", [1.into(), 2.into(), (-3).into()])?;
        assert_eq!(bytes, b"\x01\0\0\0\x02\0\xfd");
        assert_eq!(Struct::<(i64, i64, i64)>::new("<IHb")?.unpack(&bytes)?, (1, 2, -3));
        assert_eq!((calcsize("bIq")?, calcsize("<bIq")?, calcsize("bi")?, calcsize("ib")?), (16, 13, 8, 5));
        assert_eq!(Struct::<(f64,)>::new("e")?.unpack(&pack("e", [1.1.into()])?)?, (1.099609375,));
        let refused = pack("B", [300.into()]).err().map(|raised| raised.to_string());
        assert_eq!(refused.as_deref(), Some("'B' format requires 0 <= number <= 255"));
        Ok(())
    }
}
