//! `textwrap`: text in lines of some width.
use crate::prelude::*;

/// How text is wrapped: the keywords of `wrap` and `fill`.
struct Wrapping<'t> {
    width: i64,
    initial_indent: &'t str,
    subsequent_indent: &'t str,
    break_long_words: bool,
    break_on_hyphens: bool,
    drop_whitespace: bool,
    max_lines: Option<i64>,
    placeholder: &'t str,
}

const SPACES: [char; 6] = ['\t', '\n', '\x0b', '\x0c', '\r', ' '];

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_word_or_mark(c: char) -> bool {
    is_word(c) || "!\"'&.,?".contains(c)
}

fn is_letter(c: char) -> bool {
    is_word(c) && !c.is_ascii_digit() && !c.is_numeric()
}

/// Whether two dashes or more and a word stand at a place.
fn is_dash(text: &[char], at: usize) -> bool {
    let dashes = text[at..].iter().take_while(|c| **c == '-').count();
    dashes >= 2 && text.get(at + dashes).is_some_and(|c| is_word(*c))
}

/// Words, and what is between them.
fn chunks(text: &[char], break_on_hyphens: bool) -> Vec<String> {
    let (mut chunks, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let start = at;
        if SPACES.contains(&text[at]) {
            at += text[at..].iter().take_while(|c| SPACES.contains(c)).count();
        } else if !break_on_hyphens {
            at += text[at..].iter().take_while(|c| !SPACES.contains(c)).count();
        } else if at > 0 && is_word_or_mark(text[at - 1]) && is_dash(text, at) {
            at += text[at..].iter().take_while(|c| **c == '-').count();
        } else {
            at = word_end(text, at);
        }
        chunks.push(text[start..at].iter().collect());
    }
    chunks
}

/// Where the word at a place ends: behind a hyphen between letters, before a dash, or where it does.
fn word_end(text: &[char], start: usize) -> usize {
    let letter = |at: usize| text.get(at).is_some_and(|c| is_letter(*c));
    let mut at = start + 1;
    loop {
        if at >= text.len() || SPACES.contains(&text[at]) {
            return at;
        }
        if text[at] == '-' {
            let two = at >= 2 && letter(at - 1) && letter(at - 2);
            let one = at >= 3 && letter(at - 1) && text[at - 2] == '-' && letter(at - 3);
            let after = letter(at + 1) && (letter(at + 2) || text.get(at + 2) == Some(&'-') && letter(at + 3));
            if (two || one) && after {
                return at + 1;
            }
        }
        if is_word_or_mark(text[at - 1]) && is_dash(text, at) {
            return at;
        }
        at += 1;
    }
}

fn len(text: &str) -> i64 {
    text.chars().count() as i64
}

impl Wrapping<'_> {
    fn wrap(&self, text: &str) -> PyResult<Vec<String>> {
        if self.width <= 0 {
            return Err(ValueError::new(format!("invalid width {} (must be > 0)", self.width)));
        }
        if let Some(most) = self.max_lines {
            let indent = if most > 1 { self.subsequent_indent } else { self.initial_indent };
            if len(indent) + len(self.placeholder.trim_start()) > self.width {
                return Err(ValueError::new("placeholder too large for max width"));
            }
        }
        let expanded = Str::copy_of(text).expandtabs(8);
        let plain: Vec<char> = expanded.chars().map(|c| if SPACES.contains(&c) { ' ' } else { c }).collect();
        let mut left = chunks(&plain, self.break_on_hyphens);
        left.reverse();
        let mut lines: Vec<String> = Vec::new();
        let blank = |chunk: &String| chunk.trim().is_empty();
        while !left.is_empty() {
            let indent = if lines.is_empty() { self.initial_indent } else { self.subsequent_indent };
            let width = self.width - len(indent);
            if self.drop_whitespace && !lines.is_empty() && left.last().is_some_and(blank) {
                left.pop();
            }
            let (mut line, mut length): (Vec<String>, i64) = (Vec::new(), 0);
            while let Some(chunk) = left.pop() {
                if length + len(&chunk) > width {
                    left.push(chunk);
                    break;
                }
                length += len(&chunk);
                line.push(chunk);
            }
            if left.last().is_some_and(|chunk| len(chunk) > width) {
                self.long_word(&mut left, &mut line, length, width);
                length = line.iter().map(|chunk| len(chunk)).sum();
            }
            if self.drop_whitespace && line.last().is_some_and(blank) {
                length -= line.pop().map_or(0, |chunk| len(&chunk));
            }
            if line.is_empty() {
                continue;
            }
            let rest_is_blank = left.is_empty() || self.drop_whitespace && left.len() == 1 && left.iter().all(blank);
            let may_go_on = self.max_lines.is_none_or(|most| lines.len() as i64 + 1 < most);
            if may_go_on || rest_is_blank && length <= width {
                lines.push(format!("{indent}{}", line.concat()));
                continue;
            }
            self.cut(&mut lines, line, length, width, indent);
            break;
        }
        Ok(lines)
    }

    /// A word that is longer than a line.
    fn long_word(&self, left: &mut Vec<String>, line: &mut Vec<String>, length: i64, width: i64) {
        let space = if width < 1 { 1 } else { width - length };
        if !self.break_long_words {
            if line.is_empty() {
                line.extend(left.pop());
            }
            return;
        }
        let Some(chunk) = left.pop() else { return };
        let chars: Vec<char> = chunk.chars().collect();
        let mut end = space.max(0) as usize;
        if self.break_on_hyphens && chars.len() > end {
            let hyphen = chars[..end].iter().rposition(|c| *c == '-');
            if let Some(hyphen) = hyphen.filter(|hyphen| *hyphen > 0 && chars[..*hyphen].iter().any(|c| *c != '-')) {
                end = hyphen + 1;
            }
        }
        line.push(chars[..end.min(chars.len())].iter().collect());
        left.push(chars[end.min(chars.len())..].iter().collect());
    }

    /// The last line that there may be, with the placeholder.
    fn cut(&self, lines: &mut Vec<String>, mut line: Vec<String>, mut length: i64, width: i64, indent: &str) {
        while let Some(last) = line.last() {
            if !last.trim().is_empty() && length + len(self.placeholder) <= width {
                lines.push(format!("{indent}{}{}", line.concat(), self.placeholder));
                return;
            }
            length -= len(last);
            line.pop();
        }
        if let Some(last) = lines.last_mut() {
            let before = last.trim_end().to_string();
            if len(&before) + len(self.placeholder) <= self.width {
                *last = before + self.placeholder;
                return;
            }
        }
        lines.push(format!("{indent}{}", self.placeholder.trim_start()));
    }
}

fn simple(width: i64) -> Wrapping<'static> {
    Wrapping {
        width,
        initial_indent: "",
        subsequent_indent: "",
        break_long_words: true,
        break_on_hyphens: true,
        drop_whitespace: true,
        max_lines: None,
        placeholder: " [...]",
    }
}

/// `wrap(text, width)`
pub fn wrap(text: &str, width: i64) -> PyResult<List<Str>> {
    Ok(simple(width).wrap(text)?.into_iter().map(Str::from).collect())
}

/// `wrap` with its keywords.
#[allow(clippy::too_many_arguments)]
pub fn wrap_with(
    text: &str,
    width: i64,
    initial_indent: &str,
    subsequent_indent: &str,
    break_long_words: bool,
    break_on_hyphens: bool,
    drop_whitespace: bool,
    max_lines: Option<i64>,
    placeholder: &str,
) -> PyResult<List<Str>> {
    let wrapping = Wrapping {
        width,
        initial_indent,
        subsequent_indent,
        break_long_words,
        break_on_hyphens,
        drop_whitespace,
        max_lines,
        placeholder,
    };
    Ok(wrapping.wrap(text)?.into_iter().map(Str::from).collect())
}

/// `fill(text, width)`
pub fn fill(text: &str, width: i64) -> PyResult<Str> {
    Ok(Str::from(simple(width).wrap(text)?.join("\n")))
}

/// `fill` with its keywords.
#[allow(clippy::too_many_arguments)]
pub fn fill_with(
    text: &str,
    width: i64,
    initial_indent: &str,
    subsequent_indent: &str,
    break_long_words: bool,
    break_on_hyphens: bool,
    drop_whitespace: bool,
    max_lines: Option<i64>,
    placeholder: &str,
) -> PyResult<Str> {
    let lines = wrap_with(
        text,
        width,
        initial_indent,
        subsequent_indent,
        break_long_words,
        break_on_hyphens,
        drop_whitespace,
        max_lines,
        placeholder,
    )?;
    Str::literal("\n").join(&lines)
}

/// `shorten(text, width, placeholder=placeholder)`
pub fn shorten(text: &str, width: i64, placeholder: &str) -> PyResult<Str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let wrapping = Wrapping { max_lines: Some(1), placeholder, ..simple(width) };
    Ok(Str::from(wrapping.wrap(&words.join(" "))?.join("\n")))
}

/// `dedent(text)`
pub fn dedent(text: &str) -> Str {
    let blank = |line: &&str| line.trim_matches([' ', '\t']).is_empty();
    let lines: Vec<&str> = text.split('\n').map(|line| if blank(&line) { "" } else { line }).collect();
    let indents = lines.iter().filter(|line| !line.is_empty()).map(|line| {
        let text = line.trim_start_matches([' ', '\t']);
        &line[..line.len() - text.len()]
    });
    let common = indents.reduce(|common, indent| {
        let same = common.bytes().zip(indent.bytes()).take_while(|(a, b)| a == b).count();
        &common[..same]
    });
    let margin = common.unwrap_or_default().len();
    let cut: Vec<&str> = lines.into_iter().map(|line| line.get(margin..).unwrap_or_default()).collect();
    Str::from(cut.join("\n"))
}

/// `indent(text, prefix)`
pub fn indent(text: &str, prefix: &str) -> Str {
    let lines = Str::copy_of(text).splitlines_keep(true);
    let mut out = String::new();
    for line in &lines {
        if !line.trim().is_empty() {
            out.push_str(prefix);
        }
        out.push_str(&line);
    }
    Str::from(out)
}

/// `indent(text, prefix, predicate)`
pub fn indent_where(text: &str, prefix: &str, predicate: impl Fn(Str) -> PyResult<bool> + 'static) -> PyResult<Str> {
    let lines = Str::copy_of(text).splitlines_keep(true);
    let mut out = String::new();
    for line in &lines {
        if predicate(line.clone())? {
            out.push_str(prefix);
        }
        out.push_str(&line);
    }
    Ok(Str::from(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cpythons() -> PyResult {
        let text = "Hello there -- you goof-ball, use the -b option!";
        assert_eq!(repr(&wrap(text, 12)?), "['Hello there', '-- you goof-', 'ball, use', 'the -b', 'option!']");
        assert_eq!(repr(&wrap("aaaaaaaaaa b", 4)?), "['aaaa', 'aaaa', 'aa b']");
        assert_eq!(shorten("Hello  world!", 11, " [...]")?, "Hello [...]");
        assert_eq!(shorten("Hello  world!", 12, " [...]")?, "Hello world!");
        assert_eq!(dedent("  a\n    b\n  \n"), "a\n  b\n\n");
        assert_eq!(indent("a\n\nb", "> "), "> a\n\n> b");
        Ok(())
    }
}
