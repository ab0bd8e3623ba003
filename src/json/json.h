/*
 * Strict JSON (RFC 8259) reading: values as light handles, and the exact bytes of each in the
 * source.
 *
 * A reader owns the memory of the document it read last: a `json` handle and what it gives are good
 * until the next json_read of that reader or its json_reader_done. The source text must stay, too:
 * spans and number texts borrow from it. A reader belongs to one thread at a time; reading with
 * one again and again costs no allocation.
 *
 * What is refused, with line and column in the words (ERR_INPUT): anything outside RFC 8259, a
 * byte-order mark, broken UTF-8, lone surrogates, integers beyond 64 bits, numbers that overflow a
 * double, depth or size beyond the limits (ERR_TOO_LARGE). U+0000 in values is accepted. Duplicate
 * keys are not refused here, since only their object is to be: see json_find_duplicate.
 */
#ifndef TOCSIN_JSON_JSON_H
#define TOCSIN_JSON_JSON_H

#include "base/error.h"
#include "json/parse.h"

/* Largest text one read takes; larger input is read in pieces (stix/bundle.h). */
#define JSON_TEXT_BYTES_MAX ((size_t)1 << 30)
#define JSON_DEPTH_MAX_DEFAULT 64
/* The most that a limit can allow: what recurses over values relies on it. */
#define JSON_DEPTH_MAX 1024

/* Inside of this folder, but for what is inlined below: one that asks a reader owns it. */
struct json_doc {
    struct json_tape tape;
    str text;
    struct json_parser *parser;
};

/* A value in a document. The zero handle is "absent": its type is JSON_NONE. */
typedef struct {
    const struct json_doc *doc;
    uint32_t at;
} json;

enum json_type {
    JSON_NONE,
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
};

struct json_reader {
    struct json_doc *doc;
};

/*
 * Reading costs memory beside the text: at most 32 bytes for each key and value, and two and a half
 * times the text. Texts of strangers want a limit of values, therefore: numbers of one digit make
 * twenty times their text.
 */
struct json_limits {
    size_t bytes_max;   /* zero: JSON_TEXT_BYTES_MAX */
    unsigned depth_max; /* open brackets; zero: JSON_DEPTH_MAX_DEFAULT */
    size_t values_max;  /* keys and values; zero: no limit. Counted before anything is parsed */
    /*
     * Where values begin is found when a json_span, or what rests on one (json_number_text,
     * json_equal), is first asked for: a tenth less where nobody asks. Only one thread at a time
     * may then ask anything of the document, and an empty container may stand one deeper.
     */
    bool finds_spans_late;
    /* So many bytes behind the text can be read, whatever they say: JSON_PADDING save a copy. */
    size_t padding;
};

/* The zeroed reader is ready. `limits` may be NULL. `text` need not be padded. */
err json_read(struct arena *a, struct json_reader *r, str text, const struct json_limits *limits,
              json *out) MUST_USE;

/* Accepts a zeroed reader, leaves one. */
void json_reader_done(struct json_reader *r);

static inline enum json_type json_type(json v);
static inline bool json_is(json v, enum json_type type);

/* "a string", "an object", "null", … for error texts. */
const char *json_type_name(enum json_type type);

/* The value with escapes resolved, borrowed; the empty str unless it is a string. */
static inline str json_string(json v);

/* The exact bytes of a value in the source, without surrounding white space. */
str json_span(json v);

/* The number as it is written, such as "1.10"; empty unless it is a number. */
str json_number_text(json v);

/* True for a number without fraction or exponent that fits. */
bool json_to_i64(json v, int64_t *out);

/* True for any number. */
bool json_to_double(json v, double *out);

/* Members of an object or elements of an array; zero for anything else. */
size_t json_count(json v);

/* The member `key`, or absent. For an object with duplicate keys, the first. */
json json_get(json object, str key);

/* As json_string(json_get(object, key)). */
str json_get_string(json object, str key);

#define JSON_KEYS_MAX 32

/* Keys that are looked for together: at most JSON_KEYS_MAX that differ. The list is borrowed. */
struct json_keys {
    const str *items;
    size_t count;
    /* By their length, which tells most apart: of each the first, and behind each the next. */
    uint8_t first_[32]; /* 0: none; else the key's index + 1, as in `next_` */
    uint8_t next_[JSON_KEYS_MAX];
};

void json_keys_init(struct json_keys *k, const str *keys, size_t count);

/* The member of each key as json_get has it, in one walk. `found` has room for all. */
void json_get_all(json object, const struct json_keys *k, json *found);

/* The element `index`, or absent: costs as much as `index` is large; walk with json_next. */
json json_at(json array, size_t index);

/*
 * Walks an object or an array in the order of the source:
 *     for (struct json_walk w = json_walk(v); json_next(&w);) use(w.key, w.value);
 * A walk over anything else ends at once.
 */
struct json_walk {
    str key; /* empty in arrays */
    json value;
    size_t index; /* 0 for the first */
    uint32_t next_;
    uint32_t end_;
    bool is_object_;
};
static inline struct json_walk json_walk(json v);
static inline bool json_next(struct json_walk *w);

/*
 * Looks through `v` and everything inside for an object that has a key twice. True if there is
 * one: `*path` is where, as "objects[3].labels", with the key last; a key that is no plain word
 * stands as ["a key"].
 */
bool json_find_duplicate(struct arena *a, json v, str *path);

/*
 * Equal JSON: same members in any order, white space aside, strings by value, numbers by their
 * text. Members with the same key are compared in their order. The values may come from different
 * readers.
 */
bool json_equal(json a, json b);

/* Line and column, from 1, of an offset in a text; columns count code points. */
void json_place(str text, size_t offset, size_t *line, size_t *column);

/*
 * What follows is inlined, since a walk over the members of an object would cost more in calls than
 * in work. Words of the tape are explained in json/parse.h.
 */
static inline uint64_t json_word_(const struct json_doc *doc, uint32_t at)
{
    ASSERT(at < doc->tape.count);
    return doc->tape.words[at];
}

/* The tag of a value, or zero for an absent one. */
static inline char json_tag_(json v)
{
    return v.doc && v.at ? (char)(json_word_(v.doc, v.at) >> 56) : 0;
}

/* The place on the tape behind the value at `at`. */
static inline uint32_t json_behind_(const struct json_doc *doc, uint32_t at)
{
    uint64_t word = json_word_(doc, at);
    char tag = (char)(word >> 56);
    if (tag == '"')
        return at + 1;
    if (tag == '{' || tag == '[')
        return (uint32_t)word;
    return tag == 'l' || tag == 'u' || tag == 'd' ? at + 2 : at + 1;
}

/* The string whose word is at `at`. */
static inline str json_string_at_(const struct json_doc *doc, uint32_t at)
{
    const char *length_at = doc->tape.strings + (json_word_(doc, at) & 0xffffffffffffff);
    uint32_t length;
    memcpy(&length, length_at, sizeof(length));
    return (str){length_at + sizeof(length), length};
}

static inline enum json_type json_type(json v)
{
    switch (json_tag_(v)) {
    case '{':
        return JSON_OBJECT;
    case '[':
        return JSON_ARRAY;
    case '"':
        return JSON_STRING;
    case 'l':
    case 'u':
    case 'd':
        return JSON_NUMBER;
    case 't':
        return JSON_TRUE;
    case 'f':
        return JSON_FALSE;
    case 'n':
        return JSON_NULL;
    default:
        return JSON_NONE;
    }
}

static inline bool json_is(json v, enum json_type type)
{
    return json_type(v) == type;
}

static inline str json_string(json v)
{
    return v.doc && json_tag_(v) == '"' ? json_string_at_(v.doc, v.at) : (str){0};
}

static inline struct json_walk json_walk(json v)
{
    char tag = json_tag_(v);
    if (tag != '{' && tag != '[')
        return (struct json_walk){0};
    return (struct json_walk){
        .value = {v.doc, 0},
        .next_ = v.at + 1,
        .end_ = json_behind_(v.doc, v.at) - 1,
        .is_object_ = tag == '{',
    };
}

static inline bool json_next(struct json_walk *w)
{
    if (w->next_ >= w->end_)
        return false;
    const struct json_doc *doc = w->value.doc;
    w->index = w->value.at ? w->index + 1 : 0;
    if (w->is_object_)
        w->key = json_string_at_(doc, w->next_++);
    w->value.at = w->next_;
    w->next_ = json_behind_(doc, w->next_);
    return true;
}

#endif
