/*
 * The lexer: what a token is depends on its first character alone.
 */
#include "pattern/lexer.h"

#include "base/num.h"
#include "base/utf8.h"

#define SHOWN_BYTES_MAX ((size_t)40)

void lexer_init(struct lexer *l, struct arena *a, str text)
{
    *l = (struct lexer){.arena = a, .text = text, .comment = text.len};
}

const char *pattern_place(struct arena *a, str text, size_t offset)
{
    size_t line = 1;
    size_t line_start = 0;
    for (size_t i = 0; i < offset && i < text.len; i++) {
        if (text.at[i] == '\n') {
            line++;
            line_start = i + 1;
        }
    }
    size_t column = utf8_count(str_part(text, line_start, offset)) + 1;
    bool is_one_line = str_find_char(text, '\n') == text.len;
    if (is_one_line)
        return arena_print(a, "column %zu", column).at;
    return arena_print(a, "line %zu, column %zu", line, column).at;
}

const char *token_name(struct arena *a, str text, const struct token *t)
{
    if (t->kind == TOKEN_END)
        return "the end of the pattern";
    bool is_quoted = t->kind >= TOKEN_STRING && t->kind <= TOKEN_HEX;
    size_t end = (size_t)(t->text.at - text.at) + t->text.len + (is_quoted ? 1 : 0);
    str shown = str_part(text, t->offset, end);
    bool is_cut = shown.len > SHOWN_BYTES_MAX;
    if (is_cut) {
        shown.len = SHOWN_BYTES_MAX;
        while (shown.len > 0 && ((unsigned char)shown.at[shown.len] & 0xc0) == 0x80)
            shown.len--;
    }
    const char *quote = is_quoted ? "" : "'";
    return arena_print(a, "%s%.*s%s%s", quote, STR_ARG(shown), is_cut ? "…" : "", quote).at;
}

static bool is_name_start(char c)
{
    return char_is_lower(c) || char_is_upper(c) || c == '_';
}

static bool is_name_char(char c)
{
    return is_name_start(c) || char_is_digit(c) || c == '-';
}

static enum word find_word(str text)
{
#define WORD_ROW(id, text) [id] = LIT_INIT(text),
    static const str WORDS[] = {PATTERN_WORDS(WORD_ROW)};
#undef WORD_ROW
    for (size_t i = 1; i < COUNT_OF(WORDS); i++) {
        if (WORDS[i].at[0] == text.at[0] && str_eq(WORDS[i], text))
            return (enum word)i;
    }
    return WORD_NONE;
}

/* Most names are lower case, and only true and false are words that are, too. */
static bool may_be_reserved(str name)
{
    char c = name.at[0];
    return char_is_upper(c) || (name.len == 4 && c == 't') || (name.len == 5 && c == 'f');
}

bool token_is_reserved(const struct token *t)
{
    return t->kind == TOKEN_WORD || (t->kind == TOKEN_OP && is_name_start(t->text.at[0]));
}

bool lexer_is_reserved(str name)
{
    return name.len && (find_word(name) != WORD_NONE || pattern_op_find(name) != NULL);
}

/* White space beyond ASCII: the code points that Unicode gives the property White_Space. */
static bool is_wide_space(uint32_t c)
{
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
           c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Steps over one white space character; false if there is none. */
static bool skip_space(struct lexer *l)
{
    unsigned char c = (unsigned char)l->text.at[l->at];
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
        l->at++;
        return true;
    }
    if (c < 0x80)
        return false;
    str rest = str_skip(l->text, l->at);
    uint32_t wide;
    if (!utf8_next(&rest, &wide) || !is_wide_space(wide))
        return false;
    l->at = l->text.len - rest.len;
    return true;
}

/* Steps over a comment; `*was_there` tells whether one began here. */
static err skip_comment(struct lexer *l, bool *was_there)
{
    str rest = str_skip(l->text, l->at);
    bool is_line = str_starts(rest, LIT("//"));
    *was_there = is_line || str_starts(rest, LIT("/*"));
    if (!*was_there)
        return NULL;
    if (l->comment == l->text.len)
        l->comment = l->at;
    if (is_line) {
        while (l->at < l->text.len && l->text.at[l->at] != '\n' && l->text.at[l->at] != '\r')
            l->at++;
        return NULL;
    }
    size_t end = str_find(str_skip(rest, 2), LIT("*/"));
    if (end == rest.len - 2)
        return PATTERN_FAIL(l->arena, l->text, l->at, "the comment that begins here has no end");
    l->at += end + 4;
    return NULL;
}

static err skip_to_token(struct lexer *l)
{
    while (l->at < l->text.len) {
        if (skip_space(l))
            continue;
        bool was_comment = false;
        if (l->text.at[l->at] == '/')
            TRY(skip_comment(l, &was_comment));
        if (!was_comment)
            break;
    }
    return NULL;
}

/* Between apostrophes; only strings know escapes. */
static err read_quoted(struct lexer *l, struct token *out)
{
    str text = l->text;
    size_t from = l->at + 1;
    size_t at = from;
    for (; at < text.len && text.at[at] != '\''; at++) {
        if (text.at[at] != '\\' || out->kind != TOKEN_STRING)
            continue;
        char next = at + 1 < text.len ? text.at[at + 1] : '\0';
        if (next != '\'' && next != '\\')
            return PATTERN_FAIL(l->arena, text, at,
                                "in a string, \\' or \\\\ is expected where a backslash stands");
        out->has_escape = true;
        at++;
    }
    if (at >= text.len)
        return PATTERN_FAIL(l->arena, text, out->offset,
                            "the constant that begins here has no closing apostrophe");
    out->text = str_part(text, from, at);
    l->at = at + 1;
    return NULL;
}

static void read_name(struct lexer *l, struct token *out)
{
    const char *at = l->text.at;
    size_t len = l->text.len;
    size_t end = l->at;
    out->kind = TOKEN_NAME;
    while (end < len && is_name_char(at[end])) {
        if (at[end] == '-')
            out->kind = TOKEN_HYPHENED;
        end++;
    }
    out->text = str_part(l->text, l->at, end);
    l->at = end;
    if (out->kind == TOKEN_HYPHENED || !may_be_reserved(out->text))
        return;
    out->word = find_word(out->text);
    if (out->word != WORD_NONE) {
        out->kind = TOKEN_WORD;
        return;
    }
    out->op = pattern_op_find(out->text);
    if (out->op)
        out->kind = TOKEN_OP;
}

static size_t skip_digits(str text, size_t at)
{
    while (at < text.len && char_is_digit(text.at[at]))
        at++;
    return at;
}

static bool is_digit_at(str text, size_t at)
{
    return at < text.len && char_is_digit(text.at[at]);
}

/* A sign, digits, a fraction: a number stands here if a digit does, or a point and a digit. */
static bool is_number(struct lexer *l)
{
    size_t at = l->at;
    at += l->text.at[at] == '-' || l->text.at[at] == '+';
    at += at < l->text.len && l->text.at[at] == '.';
    return is_digit_at(l->text, at);
}

static err read_number(struct lexer *l, struct token *out)
{
    str text = l->text;
    size_t from = l->at;
    size_t whole = from + (text.at[from] == '-' || text.at[from] == '+');
    size_t end = skip_digits(text, whole);
    out->kind = TOKEN_INTEGER;
    if (end < text.len && text.at[end] == '.') {
        out->kind = TOKEN_FLOAT;
        if (!is_digit_at(text, end + 1))
            return PATTERN_FAIL(l->arena, text, end, "a digit is expected after the decimal point");
        end = skip_digits(text, end + 1);
    }
    if (out->kind == TOKEN_INTEGER && end - whole > 1 && text.at[whole] == '0')
        return PATTERN_FAIL(l->arena, text, whole, "an integer does not begin with 0");
    if (end < text.len && is_name_start(text.at[end]))
        return PATTERN_FAIL(l->arena, text, end,
                            "a number is written in decimal digits, without exponent or unit");
    out->text = str_part(text, from, end);
    l->at = end;
    return NULL;
}

static bool is_op_char(char c)
{
    return c == '=' || c == '!' || c == '<' || c == '>';
}

static err read_op(struct lexer *l, struct token *out)
{
    size_t from = l->at;
    size_t end = from;
    while (end < l->text.len && is_op_char(l->text.at[end]))
        end++;
    out->kind = TOKEN_OP;
    out->text = str_part(l->text, from, end);
    out->op = pattern_op_find(out->text);
    if (out->op == NULL)
        return PATTERN_FAIL(l->arena, l->text, from,
                            "'%.*s' is not a comparison operator; =, !=, <, <=, > and >= are",
                            STR_ARG(out->text));
    l->at = end;
    return NULL;
}

/* Says of a character that begins nothing what its writer may have meant. */
static err refuse_character(struct lexer *l)
{
    str rest = str_skip(l->text, l->at);
    uint32_t c = 0;
    utf8_next(&rest, &c);
    bool is_quote = c == '"' || (c >= 0x2018 && c <= 0x201f) || c == '`';
    if (is_quote)
        return PATTERN_FAIL(l->arena, l->text, l->at,
                            "strings stand between apostrophes ('), not other quotation marks");
    if (c < 0x20 || c == 0x7f)
        return PATTERN_FAIL(l->arena, l->text, l->at,
                            "the control character U+%04X cannot stand here", c);
    str shown = str_part(l->text, l->at, l->text.len - rest.len);
    return PATTERN_FAIL(l->arena, l->text, l->at, "the character '%.*s' cannot stand here",
                        STR_ARG(shown));
}

static bool is_mark(char c)
{
    return c == '[' || c == ']' || c == '(' || c == ')' || c == ':' || c == '.' || c == ',' ||
           c == '*';
}

static enum token_kind kind_of_prefix(char c)
{
    return c == 't' ? TOKEN_TIMESTAMP : c == 'b' ? TOKEN_BINARY : c == 'h' ? TOKEN_HEX : TOKEN_NAME;
}

err lexer_next(struct lexer *l, struct token *out)
{
    TRY(skip_to_token(l));
    *out = (struct token){.offset = l->at};
    if (l->at >= l->text.len) {
        out->text = str_skip(l->text, l->text.len);
        return NULL;
    }
    char c = l->text.at[l->at];
    bool is_prefix = l->at + 1 < l->text.len && l->text.at[l->at + 1] == '\'';
    if (c == '\'') {
        out->kind = TOKEN_STRING;
        return read_quoted(l, out);
    }
    if (is_prefix && kind_of_prefix(c) != TOKEN_NAME) {
        out->kind = kind_of_prefix(c);
        l->at++;
        return read_quoted(l, out);
    }
    if (is_name_start(c)) {
        read_name(l, out);
        return NULL;
    }
    if (is_op_char(c))
        return read_op(l, out);
    if (char_is_digit(c) || ((c == '-' || c == '+' || c == '.') && is_number(l)))
        return read_number(l, out);
    if (!is_mark(c))
        return refuse_character(l);
    out->kind = TOKEN_MARK;
    out->mark = c;
    out->text = str_part(l->text, l->at, l->at + 1);
    l->at++;
    return NULL;
}
