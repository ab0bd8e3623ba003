/*
 * The words of a pattern: one token at a time, white space and comments skipped.
 *
 * Keywords are upper case and cannot be used bare as names. A constant with a letter before its
 * apostrophe (t'…', h'…', b'…') is one token, and so is a signed number.
 */
#ifndef TOCSIN_PATTERN_LEXER_H
#define TOCSIN_PATTERN_LEXER_H

#include "base/error.h"
#include "pattern/ops.h"

/* Keywords that are no operators; the operators are in ops.c. */
#define PATTERN_WORDS(X)             \
    X(WORD_AND, "AND")               \
    X(WORD_OR, "OR")                 \
    X(WORD_NOT, "NOT")               \
    X(WORD_FOLLOWEDBY, "FOLLOWEDBY") \
    X(WORD_START, "START")           \
    X(WORD_STOP, "STOP")             \
    X(WORD_WITHIN, "WITHIN")         \
    X(WORD_SECONDS, "SECONDS")       \
    X(WORD_REPEATS, "REPEATS")       \
    X(WORD_TIMES, "TIMES")           \
    X(WORD_LAST, "LAST")             \
    X(WORD_TRUE, "true")             \
    X(WORD_FALSE, "false")

#define PATTERN_WORD_ENUM(id, text) id,
enum word { WORD_NONE, PATTERN_WORDS(PATTERN_WORD_ENUM) WORD_COUNT };
#undef PATTERN_WORD_ENUM

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,
    TOKEN_HYPHENED, /* a name with a hyphen: object types only */
    TOKEN_WORD,
    TOKEN_OP,
    TOKEN_INTEGER,
    TOKEN_FLOAT,
    TOKEN_STRING,
    TOKEN_TIMESTAMP,
    TOKEN_BINARY,
    TOKEN_HEX,
    TOKEN_MARK, /* one of [ ] ( ) : . , * */
};

struct token {
    enum token_kind kind;
    enum word word;
    char mark;
    bool has_escape; /* string: with a backslash in it */
    str text;        /* as written; of quoted constants what is between the apostrophes */
    size_t offset;   /* of the first character, a letter before the apostrophe included */
    const struct pattern_op *op;
};

struct lexer {
    struct arena *arena;
    str text;
    size_t at;
    size_t comment; /* offset of the first comment that was skipped, or text.len */
};

/* `text` must be well-formed UTF-8; it is not checked again. */
void lexer_init(struct lexer *l, struct arena *a, str text);

/* The next token; TOKEN_END again and again once there is none. */
err lexer_next(struct lexer *l, struct token *out) MUST_USE;

/* The token for an error text: in apostrophes, long ones shortened. */
const char *token_name(struct arena *a, str text, const struct token *t);

/* True for a keyword or an operator of letters. */
bool token_is_reserved(const struct token *t);

/* The same of a name, which as a property name must be quoted. */
bool lexer_is_reserved(str name);

/* "column 14", or "line 2, column 3" in a text of several lines. */
const char *pattern_place(struct arena *a, str text, size_t offset);

/* The error of a syntax fault at `offset` of `text`. */
#define PATTERN_FAIL(a, text, offset, format, ...) \
    FAIL((a), ERR_INPUT, "%s: " format,            \
         pattern_place((a), (text), (offset)) __VA_OPT__(, ) __VA_ARGS__)

#endif
