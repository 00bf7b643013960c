//! Reading a file of `src` as tokens: what of it goes into the program, and what that names.
//!
//! Tokens rather than a syntax tree, so that paths inside macros are found like any others.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Words that may stand before a path that begins with `::`.
const KEYWORDS: [&str; 13] = [
    "as", "break", "dyn", "else", "for", "if", "impl", "in", "match", "mut", "return", "use",
    "while",
];

/// A file of `src`, and what of it goes into the program.
pub struct Source {
    /// Below `src`, with slashes.
    pub path: String,
    pub text: String,
    /// Without tests, comments and what strings hold.
    pub tokens: Vec<TokenTree>,
    /// The line on which the tests begin, from 1, or the one after the last.
    pub tests: usize,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let stream: TokenStream = text.parse().unwrap_or_else(|e| panic!("src/{path}: {e}"));
        let mut tests = text.lines().count() + 1;
        let tokens = production(stream, &mut tests);
        Self { path: path.into(), text: text.into(), tokens, tests }
    }

    /// Where it stands in the tree of modules: `view/text.rs` and `view/text/mod.rs` are both
    /// `view`, `text`.
    pub fn module(&self) -> Vec<String> {
        let path = self.path.trim_end_matches(".rs");
        let path = path.strip_suffix("/mod").unwrap_or(path);
        path.split('/').map(str::to_owned).collect()
    }

    /// Every path of at least two parts that is named, in `use` and elsewhere.
    pub fn paths(&self) -> Vec<Named> {
        let mut found = Vec::new();
        names(&self.tokens, &self.module(), &mut found);
        found
    }

    /// A complaint about a line of this file.
    pub fn complain(&self, line: usize, words: &str) -> String {
        format!("src/{}:{line}: {words}", self.path)
    }
}

/// The tokens without the items that are there for tests only. `tests` becomes the line of the
/// first of those, if that is smaller.
fn production(stream: TokenStream, tests: &mut usize) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut rest = stream.into_iter().peekable();
    while let Some(token) = rest.next() {
        let attribute = rest.peek().map(ToString::to_string).unwrap_or_default();
        if is_punct(&token, '#') && attribute.replace(' ', "") == "[cfg(test)]" {
            *tests = (*tests).min(line_of(&token));
            skip_item(&mut rest);
        } else if let TokenTree::Group(group) = token {
            let inner = production(group.stream(), tests).into_iter().collect();
            let mut pruned = Group::new(group.delimiter(), inner);
            pruned.set_span(group.span());
            kept.push(TokenTree::Group(pruned));
        } else {
            kept.push(token);
        }
    }
    kept
}

/// Skips to the end of an item: its body, or a semicolon. Braces are no body in `use a::{b};` and
/// `const A: B = B {};`.
fn skip_item(rest: &mut impl Iterator<Item = TokenTree>) {
    let mut has_body = true;
    for token in rest {
        if ["use", "const", "static"].iter().any(|word| is_word(&token, word)) {
            has_body = false;
        } else if is_word(&token, "fn") {
            has_body = true;
        } else if is_punct(&token, ';') || has_body && braces(&token).is_some() {
            return;
        }
    }
}

/// A path that is named somewhere, from the root of the crate that it starts in. The own crate's
/// root is called `crate`.
pub struct Named {
    pub path: Vec<String>,
    pub line: usize,
}

impl Named {
    /// The module of this crate that it reaches into; empty for the root itself.
    pub fn target(&self) -> Option<&str> {
        let own = self.path.first().is_some_and(|root| root == "crate" || root == "twohats");
        own.then(|| self.path.get(1).map_or("", String::as_str))
    }
}

fn names(tokens: &[TokenTree], here: &[String], found: &mut Vec<Named>) {
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                let module = at > 1 && is_word(&tokens[at - 2], "mod");
                let name = module.then(|| tokens[at - 1].to_string());
                let there: Vec<String> = here.iter().cloned().chain(name).collect();
                names(&inside(group), &there, found);
                at += 1;
            }
            TokenTree::Ident(word) if goes_on(tokens, at + 1) => {
                at = follow(tokens, at + 3, root(&word.to_string(), here), found);
            }
            // `use crate as other`.
            token if is_word(token, "crate") && follows(tokens, at, "as") => {
                found.push(Named { path: root("crate", here), line: line_of(token) });
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Follows a path from behind `::`, or from the beginning of a branch of a `use`; returns where it
/// ends.
fn follow(
    tokens: &[TokenTree],
    mut at: usize,
    mut path: Vec<String>,
    found: &mut Vec<Named>,
) -> usize {
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(word) if word == "super" => drop(path.pop()),
            TokenTree::Ident(word) if word == "self" => {}
            TokenTree::Ident(word) => path.push(word.to_string()),
            token if is_punct(token, '*') => path.push("*".into()),
            token if let Some(branches) = braces(token) => {
                for branch in branches.split(|token| is_punct(token, ',')) {
                    if !branch.is_empty() {
                        follow(branch, 0, path.clone(), found);
                    }
                }
                return at + 1;
            }
            _ => break,
        }
        at += 1;
        if !goes_on(tokens, at) {
            break;
        }
        at += 2;
    }
    found.push(Named { path, line: line_of(&tokens[at - 1]) });
    at
}

/// The path that a first word stands for.
fn root(word: &str, here: &[String]) -> Vec<String> {
    let own = |parts: &[String]| [&["crate".to_owned()], parts].concat();
    match word {
        "crate" => own(&[]),
        "self" => own(here),
        "super" => own(&here[..here.len().saturating_sub(1)]),
        // `use ::std` and the like: the path begins behind the colons.
        _ if KEYWORDS.contains(&word) => Vec::new(),
        _ => vec![word.into()],
    }
}

/// Whether `::` stands at this index.
fn goes_on(tokens: &[TokenTree], at: usize) -> bool {
    [at, at + 1].iter().all(|&at| tokens.get(at).is_some_and(|token| is_punct(token, ':')))
}

fn follows(tokens: &[TokenTree], at: usize, word: &str) -> bool {
    tokens.get(at + 1).is_some_and(|token| is_word(token, word))
}

/// Shows the tokens to `look`, and then those of every group in them.
pub fn each_level(tokens: &[TokenTree], look: &mut impl FnMut(&[TokenTree])) {
    look(tokens);
    for token in tokens {
        if let TokenTree::Group(group) = token {
            each_level(&inside(group), look);
        }
    }
}

fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// What stands between braces.
pub fn braces(token: &TokenTree) -> Option<Vec<TokenTree>> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(inside(group)),
        _ => None,
    }
}

pub fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

pub fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

pub fn line_of(token: &TokenTree) -> usize {
    token.span().start().line
}
