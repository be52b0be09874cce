//! Attributes of a `Value`, and its methods by name.
use super::{FromValue, Kind, Value};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, TypeError};
use crate::list::List;
use crate::object::{Object, no_attribute};
use crate::text::Str;
use crate::tuple::VarTuple;

impl Value {
    /// `x.name`
    #[inline]
    pub fn get_attr(&self, name: &str) -> PyResult<Value> {
        match (&self.0, name) {
            (Kind::Object(object), _) => object.get_attr(name),
            (Kind::Error(error), "args") => Ok(error.args().into()),
            (Kind::ErrorClass(class), "__name__" | "__qualname__") => Ok(class.name().into()),
            (Kind::Bool(_) | Kind::Int(_), "real" | "numerator") => self.pos(),
            (Kind::Bool(_) | Kind::Int(_), "imag") => Ok(0_i64.into()),
            (Kind::Bool(_) | Kind::Int(_), "denominator") => Ok(1_i64.into()),
            (Kind::Float(_), "real") => Ok(self.clone()),
            (Kind::Float(_), "imag") => Ok(0.0.into()),
            _ => Err(no_attribute(self.py_type(), name)),
        }
    }

    /// `x.name = value`
    #[inline]
    pub fn set_attr(&self, name: &str, value: impl Into<Value>) -> PyResult {
        match &self.0 {
            Kind::Object(object) => object.set_attr(name, value.into()),
            _ => Err(no_attribute(self.py_type(), name)),
        }
    }

    /// `x.name(*args)`
    #[inline]
    pub fn call_method(&self, name: &str, args: &[Value]) -> PyResult<Value> {
        self.call_method_with(name, args, &[])
    }

    /// `x.name(*args, **named)`
    #[inline]
    pub fn call_method_with(&self, name: &str, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value> {
        let call = Call { name, args };
        let done = match &self.0 {
            Kind::Object(object) => return object.call_method(name, args, named),
            Kind::Str(text) => {
                if name == "format" {
                    return Ok(text.format_args(args, named)?.into());
                }
                call.of_str(text)?
            }
            Kind::List(_) | Kind::Tuple(_) | Kind::Dict(_) | Kind::Set(_) => self.container(&call, named)?,
            Kind::Float(value) if name == "is_integer" => Some((value.is_finite() && value.fract() == 0.0).into()),
            Kind::Bytes(bytes) if name == "decode" && args.is_empty() => Some(bytes.decode()?.into()),
            Kind::Bytes(bytes) if name == "hex" && args.is_empty() => Some(bytes.hex().into()),
            Kind::Int(value) if name == "bit_length" => Some(crate::number::IntMethods::bit_length(value).into()),
            _ => None,
        };
        match done {
            Some(value) => Ok(value),
            None => self.get_attr(name)?.call_with(args, named),
        }
    }

    #[expect(clippy::unit_arg, reason = "methods that give nothing give None")]
    #[inline]
    fn container(&self, call: &Call<'_>, named: &[(Str, Value)]) -> PyResult<Option<Value>> {
        if let (Kind::List(list), "sort") = (&self.0, call.name) {
            return sort(list, named).map(|()| Some(Value::None));
        }
        let copied = |items: Vec<Value>| Value::from(List::from(items));
        let none = |(): ()| Some(Value::None);
        Ok(match (&self.0, call.name, call.args) {
            (Kind::List(list), "append", [item]) => none(list.append(item.clone())),
            (Kind::List(list), "extend", [items]) => none(list.extend(items)?),
            (Kind::List(list), "insert", [at, item]) => none(list.insert(call.int(at)?, item.clone())),
            (Kind::List(list), "pop", []) => Some(list.pop()?),
            (Kind::List(list), "pop", [at]) => Some(list.pop_at(call.int(at)?)?),
            (Kind::List(list), "remove", [item]) => none(list.remove(item)?),
            (Kind::List(list), "__delitem__", [at]) => none(list.del_item(call.int(at)?)?),
            (Kind::List(list), "clear", []) => none(list.clear()),
            (Kind::List(list), "copy", []) => Some(list.copy().into()),
            (Kind::List(list), "reverse", []) => none(list.reverse()),
            (Kind::List(list), "count", [item]) => Some(list.try_count(item)?.into()),
            (Kind::List(list), "index", [item]) => Some(list.index(item)?.into()),
            (Kind::Tuple(tuple), "count", [item]) => Some(tuple.count(item).into()),
            (Kind::Tuple(tuple), "index", [item]) => Some(tuple.index(item)?.into()),
            (Kind::Dict(dict), "get", [key]) => Some(dict.try_get(key)?.unwrap_or_default()),
            (Kind::Dict(dict), "get", [key, default]) => Some(dict.try_get(key)?.unwrap_or_else(|| default.clone())),
            (Kind::Dict(dict), "keys", []) => Some(Value::object(dict.keys())),
            (Kind::Dict(dict), "values", []) => Some(copied(dict.values().unchecked().collect())),
            (Kind::Dict(dict), "items", []) => Some(copied(dict.items().unchecked().map(Value::from).collect())),
            (Kind::Dict(dict), "pop", [key]) => Some(dict.pop(key)?),
            (Kind::Dict(dict), "pop", [key, default]) => Some(dict.take(&key)?.unwrap_or_else(|| default.clone())),
            (Kind::Dict(dict), "popitem", []) => Some(dict.popitem()?.into()),
            (Kind::Dict(dict), "setdefault", [key]) => Some(dict.try_setdefault(key.clone(), Value::None)?),
            (Kind::Dict(dict), "setdefault", [key, default]) => {
                Some(dict.try_setdefault(key.clone(), default.clone())?)
            }
            (Kind::Dict(dict), "update", [other]) => match &other.0 {
                Kind::Dict(other) => none(dict.try_update(other)?),
                _ => return Err(call.unusual()),
            },
            (Kind::Dict(dict), "clear", []) => none(dict.clear()),
            (Kind::Dict(dict), "copy", []) => Some(dict.copy().into()),
            (Kind::Set(set), "add", [item]) => none(set.try_add(item.clone())?),
            (Kind::Set(set), "discard", [item]) => none(set.discard(item)),
            (Kind::Set(set), "remove", [item]) => none(set.remove(item)?),
            (Kind::Set(set), "pop", []) => Some(set.pop()?),
            (Kind::Set(set), "clear", []) => none(set.clear()),
            (Kind::Set(set), "copy", []) => Some(set.copy().into()),
            (Kind::Set(set), "update", [items]) => none(set.update(items)?),
            (Kind::Set(set), "union", [items]) => Some(set.union(items)?.into()),
            (Kind::Set(set), "intersection", [items]) => Some(set.intersection(items)?.into()),
            (Kind::Set(set), "difference", [items]) => Some(set.difference(items)?.into()),
            _ => None,
        })
    }
}

#[inline]
fn sort(list: &List<Value>, named: &[(Str, Value)]) -> PyResult {
    let find = |name: &str| named.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let reverse = find("reverse").is_some_and(|value| value.py_bool());
    match find("key").filter(|key| !key.is_none()) {
        Some(key) => list.sort_by_key_reverse(|item| key.call(&[item]), reverse),
        None => list.sort_reverse(reverse),
    }
}

/// A method call by name.
struct Call<'a> {
    name: &'a str,
    args: &'a [Value],
}

impl Call<'_> {
    #[inline]
    fn int(&self, value: &Value) -> PyResult<i64> {
        i64::from_value(value)
            .ok_or_else(|| TypeError::new(format!("'{}' object cannot be interpreted as an integer", value.py_type())))
    }

    #[inline]
    fn text(&self, value: &Value) -> PyResult<Str> {
        Str::from_value(value)
            .ok_or_else(|| TypeError::new(format!("{}() argument must be str, not {}", self.name, value.py_type())))
    }

    #[cold]
    fn unusual(&self) -> PyErr {
        TypeError::new(format!("{}() with these arguments is not translated yet", self.name))
    }

    #[inline]
    fn of_str(&self, text: &Str) -> PyResult<Option<Value>> {
        Ok(Some(match (self.name, self.args) {
            ("upper", []) => text.upper().into(),
            ("lower", []) => text.lower().into(),
            ("title", []) => text.title().into(),
            ("capitalize", []) => text.capitalize().into(),
            ("swapcase", []) => text.swapcase().into(),
            ("casefold", []) => text.casefold().into(),
            ("strip", []) => text.strip().into(),
            ("lstrip", []) => text.lstrip().into(),
            ("rstrip", []) => text.rstrip().into(),
            ("strip", [chars]) => text.strip_chars(&self.text(chars)?).into(),
            ("lstrip", [chars]) => text.lstrip_chars(&self.text(chars)?).into(),
            ("rstrip", [chars]) => text.rstrip_chars(&self.text(chars)?).into(),
            ("split", []) => values(&text.split_words()),
            ("split", [sep]) => values(&text.split_str(&self.text(sep)?)?),
            ("split", [sep, most]) => values(&text.split_max(&self.text(sep)?, self.int(most)?)?),
            ("rsplit", [sep, most]) => values(&text.rsplit_max(&self.text(sep)?, self.int(most)?)?),
            ("splitlines", []) => values(&text.splitlines()),
            ("partition", [sep]) => text.partition(&self.text(sep)?)?.into(),
            ("rpartition", [sep]) => text.rpartition(&self.text(sep)?)?.into(),
            ("startswith", [prefix]) => match &prefix.0 {
                Kind::Tuple(prefixes) => {
                    let prefixes = prefixes.iter().map(|each| self.text(&each)).collect::<PyResult<VarTuple<Str>>>()?;
                    text.startswith_any(&prefixes).into()
                }
                _ => text.startswith(&self.text(prefix)?).into(),
            },
            ("endswith", [suffix]) => match &suffix.0 {
                Kind::Tuple(suffixes) => {
                    let suffixes = suffixes.iter().map(|each| self.text(&each)).collect::<PyResult<VarTuple<Str>>>()?;
                    text.endswith_any(&suffixes).into()
                }
                _ => text.endswith(&self.text(suffix)?).into(),
            },
            ("removeprefix", [prefix]) => text.removeprefix(&self.text(prefix)?).into(),
            ("removesuffix", [suffix]) => text.removesuffix(&self.text(suffix)?).into(),
            ("find", [sub]) => text.find_str(&self.text(sub)?).into(),
            ("rfind", [sub]) => text.rfind_str(&self.text(sub)?).into(),
            ("index", [sub]) => text.index(&self.text(sub)?)?.into(),
            ("count", [sub]) => text.count(&self.text(sub)?).into(),
            ("replace", [old, new]) => text.replace_str(&self.text(old)?, &self.text(new)?).into(),
            ("join", [parts]) => {
                let all = List::new();
                for (i, part) in parts.try_iter()?.enumerate() {
                    let part = part?;
                    let Some(part) = Str::from_value(&part) else {
                        let class = part.py_type();
                        return Err(TypeError::new(format!("sequence item {i}: expected str instance, {class} found")));
                    };
                    all.append(part);
                }
                text.join(&all)?.into()
            }
            ("center", [width]) => text.center(self.int(width)?).into(),
            ("ljust", [width]) => text.ljust(self.int(width)?).into(),
            ("rjust", [width]) => text.rjust(self.int(width)?).into(),
            ("zfill", [width]) => text.zfill(self.int(width)?).into(),
            ("encode", []) => text.encode().into(),
            ("isalpha", []) => text.isalpha().into(),
            ("isdigit", []) => text.isdigit().into(),
            ("isalnum", []) => text.isalnum().into(),
            ("isspace", []) => text.isspace().into(),
            ("isupper", []) => text.isupper().into(),
            ("islower", []) => text.islower().into(),
            ("isnumeric", []) => text.isnumeric().into(),
            ("isdecimal", []) => text.isdecimal().into(),
            ("isidentifier", []) => text.isidentifier().into(),
            _ => return Ok(None),
        }))
    }
}

#[inline]
fn values(texts: &List<Str>) -> Value {
    Value::from(texts.iter().map(Value::from).collect::<List<Value>>())
}
