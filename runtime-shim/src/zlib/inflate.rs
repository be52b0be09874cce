//! Deflated data, inflated.

/// What can be wrong with it.
pub(super) enum Trouble {
    /// It ends too early.
    Truncated,
    /// It is no such data.
    Wrong(&'static str),
}

struct Bits<'d> {
    data: &'d [u8],
    at: usize,
}

impl Bits<'_> {
    fn bit(&mut self) -> Result<u32, Trouble> {
        let byte = self.data.get(self.at / 8).ok_or(Trouble::Truncated)?;
        let bit = byte >> (self.at % 8) & 1;
        self.at += 1;
        Ok(bit.into())
    }

    fn take(&mut self, count: u32) -> Result<u32, Trouble> {
        let mut value = 0;
        for place in 0..count {
            value |= self.bit()? << place;
        }
        Ok(value)
    }
}

/// A code: how many symbols there are of each length, and the symbols in order.
struct Code {
    counts: [usize; 16],
    symbols: Vec<usize>,
}

impl Code {
    fn of(lengths: &[u32]) -> Code {
        let mut counts = [0; 16];
        lengths.iter().for_each(|length| counts[*length as usize] += 1);
        counts[0] = 0;
        let mut symbols = Vec::new();
        for wanted in 1..16 {
            symbols.extend((0..lengths.len()).filter(|symbol| lengths[*symbol] == wanted));
        }
        Code { counts, symbols }
    }

    fn symbol(&self, bits: &mut Bits<'_>) -> Result<usize, Trouble> {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for count in &self.counts[1..] {
            code |= bits.bit()? as usize;
            if code < first + count {
                return self.symbols.get(index + code - first).copied().ok_or(Trouble::Wrong("invalid code"));
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(Trouble::Wrong("invalid distance code"))
    }
}

const LENGTHS: [(u32, u32); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// The order in which the lengths of the code of lengths are written.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The data, and how many bytes of what was given it took.
pub(super) fn inflate(data: &[u8]) -> Result<(Vec<u8>, usize), Trouble> {
    let (mut bits, mut out) = (Bits { data, at: 0 }, Vec::new());
    loop {
        let last = bits.bit()? == 1;
        match bits.take(2)? {
            0 => {
                let at = bits.at.div_ceil(8);
                let header = data.get(at..at + 4).ok_or(Trouble::Truncated)?;
                let length = usize::from(header[0]) | usize::from(header[1]) << 8;
                if header[0] != !header[2] || header[1] != !header[3] {
                    return Err(Trouble::Wrong("invalid stored block lengths"));
                }
                out.extend_from_slice(data.get(at + 4..at + 4 + length).ok_or(Trouble::Truncated)?);
                bits.at = (at + 4 + length) * 8;
            }
            1 => {
                let lengths = |symbol: usize| match symbol {
                    144..=255 => 9,
                    256..=279 => 7,
                    _ => 8,
                };
                let literals = Code::of(&(0..288).map(lengths).collect::<Vec<u32>>());
                block(&mut bits, &mut out, &literals, &Code::of(&[5; 30]))?;
            }
            2 => {
                let (literals, distances) = codes(&mut bits)?;
                block(&mut bits, &mut out, &literals, &distances)?;
            }
            _ => return Err(Trouble::Wrong("invalid block type")),
        }
        if last {
            return Ok((out, bits.at.div_ceil(8)));
        }
    }
}

fn codes(bits: &mut Bits<'_>) -> Result<(Code, Code), Trouble> {
    let literals = bits.take(5)? as usize + 257;
    let distances = bits.take(5)? as usize + 1;
    let count = bits.take(4)? as usize + 4;
    let mut lengths = [0; 19];
    for place in &ORDER[..count] {
        lengths[*place] = bits.take(3)?;
    }
    let code = Code::of(&lengths);
    let mut lengths: Vec<u32> = Vec::new();
    while lengths.len() < literals + distances {
        let symbol = code.symbol(bits)?;
        let (value, times) = match symbol {
            16 => (*lengths.last().ok_or(Trouble::Wrong("invalid bit length repeat"))?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (length as u32, 1),
        };
        lengths.extend((0..times).map(|_| value));
    }
    if lengths.len() > literals + distances {
        return Err(Trouble::Wrong("invalid bit length repeat"));
    }
    Ok((Code::of(&lengths[..literals]), Code::of(&lengths[literals..])))
}

fn block(bits: &mut Bits<'_>, out: &mut Vec<u8>, literals: &Code, distances: &Code) -> Result<(), Trouble> {
    loop {
        match literals.symbol(bits)? {
            256 => return Ok(()),
            symbol @ 0..256 => out.push(symbol as u8),
            symbol => {
                let (length, extra) =
                    LENGTHS.get(symbol - 257).copied().ok_or(Trouble::Wrong("invalid literal/length code"))?;
                let length = length + bits.take(extra)?;
                let symbol = distances.symbol(bits)? as u32;
                let distance = match symbol {
                    0..4 => symbol + 1,
                    4..30 => {
                        let extra = symbol / 2 - 1;
                        ((2 + symbol % 2) << extra) + 1 + bits.take(extra)?
                    }
                    _ => return Err(Trouble::Wrong("invalid distance code")),
                };
                let Some(from) = out.len().checked_sub(distance as usize) else {
                    return Err(Trouble::Wrong("invalid distance too far back"));
                };
                for at in from..from + length as usize {
                    out.push(out[at]);
                }
            }
        }
    }
}
