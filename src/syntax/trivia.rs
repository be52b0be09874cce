//! Comments and blank lines, which the tree does not hold.

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Offset of its `#`.
    pub at: u32,
    /// The text after `#`.
    pub text: String,
    /// Nothing else stands on its line.
    pub alone: bool,
    /// A blank line stands above it.
    pub blank_before: bool,
    /// Characters before it on its line, when it is alone.
    column: u32,
    end: u32,
    /// Start of the first line below the code before it; a comment that trails code starts before that.
    code_line_end: u32,
}

/// The comments of a file, by place, and its blank lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TriviaTable {
    comments: Vec<Comment>,
    /// Offsets at which a line without anything starts.
    blank_lines: Vec<u32>,
    /// Offsets at which lines start.
    line_starts: Vec<u32>,
}

/// What stands above a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Above {
    /// A blank line stands above the comments, or above the statement.
    pub blank_before: bool,
    /// The comments, each with whether a blank line stands above it; trailing ones last.
    pub comments: Vec<(bool, String)>,
}

impl TriviaTable {
    /// The lines of a text; its comments come from the lexer.
    pub(super) fn new(text: &str) -> TriviaTable {
        let mut table = TriviaTable { line_starts: vec![0], ..TriviaTable::default() };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if line.bytes().all(|byte| byte.is_ascii_whitespace()) {
                table.blank_lines.push(start);
            }
            start += line.len() as u32;
            table.line_starts.push(start);
        }
        table
    }

    /// Where the last comment starts, if it ends at `end`.
    pub(super) fn comment_ending_at(&self, end: u32) -> Option<u32> {
        self.comments.last().filter(|comment| comment.end == end).map(|comment| comment.at)
    }

    /// The comment at `at..end`; the last token of code before it is at `code`.
    pub(super) fn push_comment(&mut self, text: &str, at: u32, end: u32, code: Option<u32>) {
        let column = self.column(at);
        let alone = text[(at - column) as usize..at as usize].trim().is_empty();
        self.comments.push(Comment {
            at,
            text: text[at as usize + 1..end as usize].to_owned(),
            alone,
            blank_before: alone && self.blank_above(at),
            column,
            end,
            code_line_end: code.map_or(0, |code| self.line_end(code)),
        });
    }

    /// All comments, by place.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Whether the line above the one with this offset is blank.
    pub fn blank_above(&self, offset: u32) -> bool {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        line >= 2 && self.blank_lines.binary_search(&self.line_starts[line - 2]).is_ok()
    }

    /// Hands the comments out from the top.
    pub fn cursor(&self) -> TriviaCursor<'_> {
        TriviaCursor { table: self, next: 0 }
    }

    /// One past the line that holds the offset.
    fn line_end(&self, offset: u32) -> u32 {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        self.line_starts.get(line).copied().unwrap_or(u32::MAX)
    }

    fn column(&self, offset: u32) -> u32 {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        offset - self.line_starts[line - 1]
    }
}

/// Hands out each comment once, from the top: see [`TriviaCursor::take`].
#[derive(Debug, Clone)]
pub struct TriviaCursor<'a> {
    table: &'a TriviaTable,
    next: usize,
}

impl TriviaCursor<'_> {
    /// What stands above a statement that starts at `start`: the comments not yet taken up to the end of the line that holds
    /// `head_end`, the end of a simple statement or of the line with a compound one's colon. So trailing comments move above.
    pub fn take(&mut self, start: u32, head_end: u32) -> Above {
        let end = self.table.line_end(head_end);
        let mut above = Above { blank_before: self.table.blank_above(start), comments: Vec::new() };
        while let Some(comment) = self.table.comments.get(self.next).filter(|comment| comment.at < end) {
            if above.comments.is_empty() && comment.at < start {
                above.blank_before = comment.blank_before;
            }
            above.comments.push((comment.blank_before && !above.comments.is_empty(), comment.text.clone()));
            self.next += 1;
        }
        // A blank line between the comments and the statement cannot be shown; it is not lost where it is above them.
        above
    }

    /// The comments before `offset` and nothing on its line: for what is left when something was lowered away.
    pub fn take_before(&mut self, offset: u32) -> Above {
        let mut above = Above::default();
        while let Some(comment) = self.table.comments.get(self.next).filter(|comment| comment.at < offset) {
            if above.comments.is_empty() {
                above.blank_before = comment.blank_before;
            }
            above.comments.push((comment.blank_before && !above.comments.is_empty(), comment.text.clone()));
            self.next += 1;
        }
        above
    }

    /// The comments after the last statement of a block, which starts at `block_start` and ends at `block_end`: those at its
    /// depth or deeper, before any other code.
    pub fn take_block_end(&mut self, block_start: u32, block_end: u32) -> Above {
        let column = self.table.column(block_start);
        let line_end = self.table.line_end(block_end);
        let mut above = Above::default();
        while let Some(comment) = self.table.comments.get(self.next) {
            let here = if comment.alone { comment.column >= column } else { comment.at < line_end };
            if !here || comment.code_line_end > line_end {
                break;
            }
            if above.comments.is_empty() {
                above.blank_before = comment.blank_before;
            }
            above.comments.push((comment.blank_before && !above.comments.is_empty(), comment.text.clone()));
            self.next += 1;
        }
        above
    }
}
