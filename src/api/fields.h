/*
 * The fields of a JSON body, each with its rule; what is wrong is gathered with a JSON pointer to
 * it, so that a form can show all of it at once.
 *
 *     struct api_fields f = api_fields(c);
 *     str title = field_text(&f, "title", (struct field_text){.bytes_max = 200});
 *     int64_t minutes = field_number(&f, "minutes", (struct field_number){5, 600, .absent = 30});
 *     TRY(api_fields_check(&f));
 *
 * A reader gives its zero for a field that is absent or wrong. Texts borrow from the body.
 */
#ifndef TOCSIN_API_FIELDS_H
#define TOCSIN_API_FIELDS_H

#include "api/call.h"

#define FIELDS_MAX 40

struct api_fields {
    struct api_call *c;
    json object;
    str pointer; /* of the object; empty for the body */
    str asked[FIELDS_MAX];
    size_t asked_count;
};

/* Of the body. */
struct api_fields api_fields(struct api_call *c);
/* Of an object inside it, which stands at `pointer`. */
struct api_fields api_fields_of(struct api_call *c, json object, str pointer);

/* ERR_INVALID if anything was wrong anywhere in this call, or a field is there that nobody asked.
 */
err api_fields_check(struct api_fields *f) MUST_USE;

/* Adds a fault by hand; `name` empty: of the object itself. Then api_fields_check fails. */
void field_fault(struct api_fields *f, str name, str message);
/* The pointer of a field, and of an element of a list, in the request's arena. */
str field_pointer(struct api_fields *f, str name);
str field_pointer_at(struct api_fields *f, str name, size_t index);

/* True where the field is there and not null. */
bool field_is_there(struct api_fields *f, const char *name);

struct field_text {
    bool is_required;    /* there, and not only white space */
    bool may_have_lines; /* else line ends are refused; other controls are, always */
    bool is_opaque;      /* nobody reads it as it is: a password, a name that is cleaned */
    size_t bytes_max;
    const char *words; /* "yes, no, delegate": one of these; NULL: any */
};
str field_text(struct api_fields *f, const char *name, struct field_text rule);

struct field_number {
    int64_t least;
    int64_t most;
    int64_t absent; /* what stands for an absent one */
    bool is_required;
};
int64_t field_number(struct api_fields *f, const char *name, struct field_number rule);

bool field_flag(struct api_fields *f, const char *name, bool absent);

/* A time, RFC 3339; 0 where it is absent. */
int64_t field_time(struct api_fields *f, const char *name);

/* A list of texts, in the request's arena. */
struct field_list {
    str *items;
    size_t count;
};
struct field_list field_texts(struct api_fields *f, const char *name, struct field_text rule,
                              size_t count_max);

/* An object or a list, or absent. */
json field_value(struct api_fields *f, const char *name, enum json_type type, bool is_required);

#endif
