/*
 * The C side of simdjson's DOM parser: its tape, its strings, and for each word of the tape the
 * place in the source where that value begins. Nobody but json.h and json.c asks it; parse.cc
 * is the one file that knows the library.
 *
 * The tape is simdjson's: a word is a tag in its upper 8 bits and 56 bits that depend on it. Words
 * 0 and count - 1 are the root; a number takes two words; `{` and `[` hold the index behind their
 * end in the lower 32 bits and the number of items, at most 0xffffff, above; a string holds its
 * offset in `strings`, where 4 bytes of length precede it.
 */
#ifndef TOCSIN_JSON_PARSE_H
#define TOCSIN_JSON_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct json_parser;

/* Good until the next json_parser_read or json_parser_close of the parser. */
struct json_tape {
    const uint64_t *words;
    const char *strings;
    uint32_t count;
};

enum json_parsed {
    JSON_PARSED,
    JSON_PARSED_NOT, /* not JSON, or too deep: json_fault_find says why and where */
    JSON_PARSED_NO_MEMORY,
};

/* NULL where there is no memory. */
struct json_parser *json_parser_open(void);

/* Accepts NULL. */
void json_parser_close(struct json_parser *p);

/* Bytes behind a text that the parser may read, whatever they say. */
#define JSON_PADDING 64

struct json_asked {
    unsigned depth_max;      /* containers nest so deep at most */
    bool finds_offsets_late; /* when they are asked for; an empty container may stand one deeper */
    bool is_padded; /* the text stays as long as the tape is used, JSON_PADDING behind it */
};

/* Reads `size` bytes, at most 1 GiB. */
enum json_parsed json_parser_read(struct json_parser *p, const char *text, size_t size,
                                  struct json_asked asked, struct json_tape *out);

/*
 * Where the value of each word of the tape begins, also the ends of containers, by the index of the
 * word. Good as long as the tape; one thread at a time where they are found late.
 */
const uint32_t *json_parser_offsets(struct json_parser *p);

#ifdef __cplusplus
}
#endif

#endif
