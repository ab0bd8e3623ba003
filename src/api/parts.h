/*
 * Parts that several resources write: the schemas of api/openapi.yaml with the same names.
 */
#ifndef TOCSIN_API_PARTS_H
#define TOCSIN_API_PARTS_H

#include "api/fields.h"
#include "api/page.h"

/* Organization. */
void part_organization(struct json_writer *w, const struct policy_org *org);
/* Place: a canonical code, and as far as the exchange knows them its state and whose area it is. */
void part_named_place(struct json_writer *w, const struct policy *p, str code);
/* Member `places`: each of the codes with its name. */
void part_named_places(struct json_writer *w, const struct policy *p, const str *codes,
                       size_t count);
/* Affiliation: the organization and the roles held there. */
void part_affiliation(struct json_writer *w, const struct policy_org *org, unsigned roles);
/* A member with a time, RFC 3339. */
void part_time(struct json_writer *w, const char *key, int64_t time_us);

/* Members `label` and the like: "amber+strict". */
#define PART_LABELS "clear, green, amber, amber+strict, red"
#define PART_SECTORS                                                                        \
    "federal, state, local, tribal, territorial, association, platform, vendor, research, " \
    "civil-society, other"
#define PART_ROLES "steward, admin, publisher, member, observer"

/* Members `organization` and `person`: the names of who acted, as they are today; none for 0. */
err part_actor(struct json_writer *w, struct api_call *c, int64_t actor) MUST_USE;

/* `place` of a list by row numbers: 0 where the page is the first. */
int64_t part_place(const struct api_page *page);
/* Ends a list of rows by number: closes items, writes `next` where there may be more, sends. */
struct part_list {
    struct api_page page;
    size_t count;  /* rows written */
    int64_t last;  /* number of the last one */
    bool has_more; /* the page is full and rows are left */
};
struct json_writer *part_list_open(struct api_call *c);
void part_list_send(struct api_call *c, const struct part_list *list);

/* reach.c: answers with who will see something, by name: a page of ReachList. */
struct reach;
void part_reach_people(struct api_call *c, struct part_list *list, const struct reach *reach);

/* Sheets (CSV), which are looked at line by line first and then brought: the fields that say so. */
struct part_sheet {
    str csv;
    bool is_preview;
};
err part_sheet_read(struct api_call *c, struct part_sheet *out) MUST_USE;
/* The answer about a sheet: opened at its lines; closes and sends it. */
struct part_sheet_sum {
    size_t changes; /* lines that change anything */
    size_t faults;
    bool is_done;
};
struct json_writer *part_sheet_open(struct api_call *c, struct part_sheet_sum sum);
void part_sheet_send(struct api_call *c);

#define PART_JURISDICTION_WORDS \
    "A jurisdiction is us, a state such as us-39, or a county such as us-39-c035"
/* The field `jurisdictions`, canonical. */
struct field_list part_jurisdictions(struct api_fields *f, size_t count_max);

/* Whether each of the words begins one of a name's; of no words it does. */
struct search_words;
bool part_is_called(struct arena *a, str name, const struct search_words *words);

/* An error of a verb that names things for the console, in the API's words. */
err part_words(struct api_call *c, err failure) MUST_USE;

/* home.c: the home of whoever asks, into the answer that is being written. */
err part_home(struct api_call *c) MUST_USE;

/* session.c: answers with the session as it is now; for api_change's answer. */
err part_session_answer(struct api_call *c, void *context) MUST_USE;
/* contact.c: member `waiting` of an account, where a change of how to reach them waits. */
err part_contact_change(struct json_writer *w, struct api_call *c) MUST_USE;
/* In a change: the browser gets this secret with the answer. */
err part_session_begun(struct api_call *c, struct session *s, str secret) MUST_USE;
/* The same where the session went on under another secret. */
err part_session_renewed(struct api_call *c, struct session *s, str secret) MUST_USE;
/* What the browser says of itself. */
struct signing_browser;
struct signing_browser part_browser(const struct api_call *c, bool is_shared);

#endif
