//! Tokens: what a piece of Python text is, and where.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[rustfmt::skip]
pub(super) enum Kind {
    // Structure.
    Newline, Indent, Dedent, Eof,
    /// The text goes on where CPython's tokenizer stops, with the error the lexer keeps.
    Error,
    /// A character that starts no token, such as `?` or `$`.
    Unknown,
    // Atoms.
    Name, Number, String,
    /// `f"`, a piece of its text, and its closing quote.
    FStringStart, FStringMiddle, FStringEnd,
    // Keywords.
    False, None, True, And, As, Assert, Async, Await, Break, Class, Continue, Def, Del, Elif, Else, Except, Finally, For, From,
    Global, If, Import, In, Is, Lambda, Nonlocal, Not, Or, Pass, Raise, Return, Try, While, With, Yield,
    // Brackets.
    LeftParen, RightParen, LeftBracket, RightBracket, LeftBrace, RightBrace,
    // Punctuation.
    Comma, Colon, ColonEqual, Dot, Ellipsis, Semicolon, Arrow, Equal, Exclamation,
    // Operators.
    Plus, Minus, Star, DoubleStar, Slash, DoubleSlash, Percent, At, LeftShift, RightShift, Ampersand, Bar, Caret, Tilde,
    Less, Greater, LessEqual, GreaterEqual, EqualEqual, NotEqual,
    // Augmented assignments.
    PlusEqual, MinusEqual, StarEqual, DoubleStarEqual, SlashEqual, DoubleSlashEqual, PercentEqual, AtEqual, LeftShiftEqual,
    RightShiftEqual, AmpersandEqual, BarEqual, CaretEqual,
}

/// A token: bytes `start..end` of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
}

/// The keyword a name is.
pub(super) fn keyword(name: &str) -> Option<Kind> {
    if !(2..=8).contains(&name.len()) {
        return None;
    }
    Some(match name {
        "False" => Kind::False,
        "None" => Kind::None,
        "True" => Kind::True,
        "and" => Kind::And,
        "as" => Kind::As,
        "assert" => Kind::Assert,
        "async" => Kind::Async,
        "await" => Kind::Await,
        "break" => Kind::Break,
        "class" => Kind::Class,
        "continue" => Kind::Continue,
        "def" => Kind::Def,
        "del" => Kind::Del,
        "elif" => Kind::Elif,
        "else" => Kind::Else,
        "except" => Kind::Except,
        "finally" => Kind::Finally,
        "for" => Kind::For,
        "from" => Kind::From,
        "global" => Kind::Global,
        "if" => Kind::If,
        "import" => Kind::Import,
        "in" => Kind::In,
        "is" => Kind::Is,
        "lambda" => Kind::Lambda,
        "nonlocal" => Kind::Nonlocal,
        "not" => Kind::Not,
        "or" => Kind::Or,
        "pass" => Kind::Pass,
        "raise" => Kind::Raise,
        "return" => Kind::Return,
        "try" => Kind::Try,
        "while" => Kind::While,
        "with" => Kind::With,
        "yield" => Kind::Yield,
        _ => return None,
    })
}

impl Kind {
    /// Whether an expression can start with it.
    pub(super) fn starts_expression(self) -> bool {
        use Kind::*;
        matches!(
            self,
            Name | Number
                | String
                | FStringStart
                | False
                | None
                | True
                | Await
                | Lambda
                | Not
                | LeftParen
                | LeftBracket
                | LeftBrace
                | Ellipsis
                | Plus
                | Minus
                | Tilde
        )
    }

    /// Whether it is the operator of an augmented assignment.
    pub(super) fn is_augmented(self) -> bool {
        use Kind::*;
        matches!(
            self,
            PlusEqual
                | MinusEqual
                | StarEqual
                | DoubleStarEqual
                | SlashEqual
                | DoubleSlashEqual
                | PercentEqual
                | AtEqual
                | LeftShiftEqual
                | RightShiftEqual
                | AmpersandEqual
                | BarEqual
                | CaretEqual
        )
    }
}
