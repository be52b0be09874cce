//! `textwrap.wrap`, as argparse uses it: splits at white space, after hyphens, around dashes; breaks long words.

/// The lines of a text whose white space is single spaces. `width` counts characters.
#[inline]
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let text: Vec<char> = text.chars().collect();
    let mut chunks: Vec<Vec<char>> = chunks(&text);
    chunks.reverse();
    let mut lines = Vec::new();
    while !chunks.is_empty() {
        if !lines.is_empty() && chunks.last().is_some_and(|chunk| is_blank(chunk)) {
            chunks.pop();
        }
        let mut line: Vec<char> = Vec::new();
        let mut last_start = 0;
        while let Some(chunk) = chunks.pop_if(|chunk| line.len() + chunk.len() <= width) {
            last_start = line.len();
            line.extend(chunk);
        }
        if let Some(long) = chunks.pop_if(|chunk| chunk.len() > width) {
            let end = break_at(&long, (width - line.len()).max(1));
            last_start = line.len();
            line.extend(&long[..end]);
            if end < long.len() {
                chunks.push(long[end..].to_vec());
            }
        }
        if is_blank(&line[last_start..]) {
            line.truncate(last_start);
        }
        if !line.is_empty() {
            lines.push(line.into_iter().collect());
        }
    }
    lines
}

#[inline]
fn is_blank(chunk: &[char]) -> bool {
    chunk.iter().all(|c| c.is_whitespace())
}

/// Where a word that is longer than a line is broken: after a hyphen, if it has one.
#[inline]
fn break_at(word: &[char], space: usize) -> usize {
    if word.len() <= space {
        return word.len();
    }
    let hyphen = word[..space].iter().rposition(|c| *c == '-').filter(|hyphen| *hyphen > 0);
    match hyphen {
        Some(hyphen) if word[..hyphen].iter().any(|c| *c != '-') => hyphen + 1,
        _ => space,
    }
}

/// The pieces that are not broken.
#[inline]
fn chunks(text: &[char]) -> Vec<Vec<char>> {
    let mut chunks = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = chunk_end(text, start);
        chunks.push(text[start..end].to_vec());
        start = end;
    }
    chunks
}

#[inline]
fn chunk_end(text: &[char], start: usize) -> usize {
    if text[start].is_whitespace() {
        return start + text[start..].iter().take_while(|c| c.is_whitespace()).count();
    }
    if let Some(end) = dash(text, start) {
        return end;
    }
    let mut at = start + 1;
    while at < text.len() && !text[at].is_whitespace() {
        if text[at] == '-' && is_after_word(text, at) && is_before_word(text, at + 1) {
            return at + 1;
        }
        if dash(text, at).is_some() {
            return at;
        }
        at += 1;
    }
    at
}

/// The end of a dash of several hyphens between two words.
#[inline]
fn dash(text: &[char], at: usize) -> Option<usize> {
    let before = *text.get(at.checked_sub(1)?)?;
    let end = at + text[at..].iter().take_while(|c| **c == '-').count();
    let is_word_punctuation = is_word(before) || "!\"'&.,?".contains(before);
    (is_word_punctuation && end >= at + 2 && text.get(end).is_some_and(|c| is_word(*c))).then_some(end)
}

/// Two letters stand before the hyphen, or a letter, a hyphen and a character.
#[inline]
fn is_after_word(text: &[char], hyphen: usize) -> bool {
    let back = |n: usize| hyphen.checked_sub(n).map_or('-', |at| text[at]);
    let is_punctuated = |c: char| is_word(c) || "!\"'&.,?".contains(c);
    (is_letter(back(1)) && is_letter(back(2))) || (is_punctuated(back(1)) && back(2) == '-' && is_letter(back(3)))
}

/// Two letters follow, perhaps with a hyphen between them.
#[inline]
fn is_before_word(text: &[char], at: usize) -> bool {
    let next = |n: usize| text.get(at + n).copied().unwrap_or(' ');
    is_letter(next(0)) && (is_letter(next(1)) || (next(1) == '-' && is_letter(next(2))))
}

#[inline]
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[inline]
fn is_letter(c: char) -> bool {
    is_word(c) && !c.is_numeric()
}
