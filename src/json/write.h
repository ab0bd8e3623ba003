/*
 * Writing JSON into a buffer: the writer places commas and quotes, so that a wrong document can
 * hardly be written. Mistakes in nesting are asserted. Values may be spliced in raw, as received.
 */
#ifndef TOCSIN_JSON_WRITE_H
#define TOCSIN_JSON_WRITE_H

#include "base/buf.h"

#define JSON_WRITE_DEPTH_MAX 32

struct json_writer {
    struct buf *to;
    unsigned depth;
    bool is_after_value[JSON_WRITE_DEPTH_MAX + 1]; /* per level: a comma is due */
    bool is_object[JSON_WRITE_DEPTH_MAX + 1];
    bool is_after_key;
    bool is_pretty; /* two spaces a level; set before the first value */
};

void json_writer_init(struct json_writer *w, struct buf *to);

void json_open_object(struct json_writer *w);
void json_close_object(struct json_writer *w);
void json_open_array(struct json_writer *w);
void json_close_array(struct json_writer *w);

void json_key(struct json_writer *w, str key);
void json_put_string(struct json_writer *w, str value);
void json_put_i64(struct json_writer *w, int64_t value);
void json_put_u64(struct json_writer *w, uint64_t value);
/* The shortest text that reads back as `value`, which must be finite. */
void json_put_double(struct json_writer *w, double value);
void json_put_bool(struct json_writer *w, bool value);
void json_put_null(struct json_writer *w);
/* Already JSON, passed through as it is. */
void json_put_raw(struct json_writer *w, str json);

/* Key and value in one. */
void json_member(struct json_writer *w, const char *key, str value);
void json_member_i64(struct json_writer *w, const char *key, int64_t value);
void json_member_bool(struct json_writer *w, const char *key, bool value);
void json_member_raw(struct json_writer *w, const char *key, str json);
/* An array of the names of the bits that are set. */
void json_member_bits(struct json_writer *w, const char *key, unsigned bits,
                      str (*name)(unsigned bit));
/* Nothing where the value is empty. */
void json_member_if(struct json_writer *w, const char *key, str value);

/*
 * A string with its quotes and escapes (RFC 8259 §7), outside any writer. Bytes that are not UTF-8
 * become U+FFFD.
 */
void json_quote(struct buf *to, str value);

#endif
