/*
 * What the files of the briefing share, inside service/: gathering objects to append, and reading
 * them back.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_PARTS_H
#define TOCSIN_SERVICE_BRIEFING_PARTS_H

#include "base/clock.h"
#include "service/briefing.h"
#include "stix/briefing_types.h"
#include "json/write.h"

/*
 * Objects that go into the log together, written one after the other:
 *     OWNED(batch_done) struct batch b;
 *     batch_init(&b, a, s, reader, contributor);
 *     struct json_writer *w = batch_open(&b, &head);
 *     json_member(w, …);
 *     batch_close(&b, &head);
 *     TRY(batch_append(&b));
 */
struct batch {
    struct arena *a;
    struct session *s;
    const struct reader *reader;
    int64_t contributor;
    bool is_exercise; /* each object is marked so (B25); by itself where a group contributes */
    struct buf text;
    struct json_writer w;
    size_t count;
};

/* What all objects have. */
struct object_head {
    const char *type;
    const char *extension; /* NULL: a type of the standard */
    str id;
    int64_t created_us;  /* 0: now */
    int64_t modified_us; /* of the version before, which is exceeded; 0: none */
    str created_by;
    enum tlp label;
    str markings[2]; /* named audiences; empty: none */
};

void batch_init(struct batch *b, struct arena *a, struct session *s, const struct reader *reader,
                int64_t contributor);
/* Accepts a zeroed one. */
void batch_done(struct batch *b);
/*
 * The version that an object gets whose version before is this (0: none). Versions are
 * milliseconds: a quick second change, or a clock set back, is newer still.
 */
int64_t batch_next_version(const struct session *s, int64_t before_us);
struct json_writer *batch_open(struct batch *b, const struct object_head *head);
void batch_close(struct batch *b, const struct object_head *head);
/* The member object_marking_refs of one that is not written by batch_close. */
void batch_put_markings(struct batch *b, const struct object_head *head);
/* Checks and appends all of them; the first that is refused fails the whole. */
err batch_append(struct batch *b) MUST_USE;

/* Members that are left out where there is nothing to say. */
void put_texts(struct json_writer *w, const char *key, const struct stix_strs *list);
void put_text_if(struct json_writer *w, const char *key, str text);
void put_time(struct json_writer *w, const char *key, int64_t time_us);

/* An id that the same exchange derives again from the same words, and nobody else. */
str derived_id(struct arena *a, const struct session *s, const char *type, str one, str two);

/*
 * A named audience: of organizations or of people. Whoever it admits reads the definition (G5), and
 * with it who else is admitted; `readers`, another audience, narrows that down. Empty: all of them.
 */
struct named_spec {
    str id;
    str created_by;
    int64_t modified_us; /* of the definition before it; 0: none */
    str name;
    str readers;
    struct stix_strs organizations;
    struct stix_strs people;
};
void batch_put_audience(struct batch *b, const struct named_spec *spec);

/* Whether the contributor has defined it, and the version it has then (else 0). */
err audience_version(struct arena *a, struct session *s, int64_t contributor, str id,
                     int64_t *version_us) MUST_USE;

/* The organizations that a definition admits. */
void audience_organizations(struct arena *a, json definition, struct stix_strs *out);

/* Audiences of a group: its hosts; those invited to a briefing, and to one
 * item; an organization; a person. */
str hosts_marking(struct arena *a, const struct session *s, str group);
str invited_marking(struct arena *a, const struct session *s, str briefing);
str item_marking(struct arena *a, const struct session *s, str item);
str member_marking(struct arena *a, const struct session *s, str group, str who);

/* An audience of the reader's organization: the hosts of a briefing as they are today. What goes
 * into the log with it belongs to the briefing's exercise, if it is one. */
err batch_define_hosts(struct batch *batch, const struct briefing *b, str *marking) MUST_USE;

/* The audience of one person within the group, defined once. */
err batch_define_person(struct batch *batch, str group_id, str person, str *marking) MUST_USE;

/* ---- reading back */

/* An entry's object, parsed: good until parsed_done. */
struct parsed {
    struct json_reader reader;
    json value;
    str id;
};
/* Accepts a zeroed one. */
void parsed_done(struct parsed *p);
err parsed_read(struct arena *a, struct session *s, const struct log_entry *e,
                struct parsed *out) MUST_USE;
/* A text in `a`. */
str parsed_text(struct arena *a, json value, const char *key);
int64_t parsed_number(json value, const char *key, int64_t absent);
int64_t parsed_time(json value, const char *key);
void parsed_texts(struct arena *a, json value, const char *key, struct stix_strs *out);
/* The strictest label among its markings. */
enum tlp parsed_label(json value);

/* When the object of a briefing says that it is. */
void briefing_when_read(struct arena *a, struct session *s, json v, struct briefing_when *out);

/* ---- hosts */

/* The reader that a group is by itself: for what the exchange does in its name. */
err group_reader(struct arena *a, struct session *s, int64_t group, struct reader *out) MUST_USE;
/* Whether the reader's organization owns it. */
bool group_is_owned_by(const struct reader *r, int64_t group);
/* The organizations that own it, in `a`. */
void group_owners(struct arena *a, const struct session *s, int64_t group, struct stix_strs *out);
/* Makes a group of these owners, the reader's own among them; and its identity, for hosts. What a
 * group made for an exercise contributes belongs to the exercise. */
err group_make(struct arena *a, struct session *s, const struct stix_strs *owners, bool is_exercise,
               int64_t *group) MUST_USE;
/* The identity of a group, with its owners; `marking` says who may read it. */
void batch_put_group(struct batch *b, const struct policy_org *group,
                     const struct stix_strs *owners, str marking, int64_t modified_us);

/* The briefing as its hosts see it, and the group. ERR_NOT_FOUND. */
err briefing_get_as_group(struct arena *a, struct session *s, str id, struct reader *group,
                          struct briefing *out) MUST_USE;
/* ERR_FORBIDDEN unless the reader is a publisher of an active member. */
err briefing_check_may_host(struct arena *a, const struct reader *r) MUST_USE;
/* The reader after the policy was changed: what it was made from is gone. */
err briefing_reader_again(struct arena *a, struct session *s, int64_t org, int64_t person,
                          struct reader *out) MUST_USE;

/* The audit row of what the reader does. */
err briefing_record(struct arena *a, struct session *s, const struct reader *r, const char *verb,
                    str object, str detail) MUST_USE;

/* ERR_CONFLICT: it was called off, or is over. */
err briefing_check_open(struct arena *a, const struct briefing *b) MUST_USE;

/* The next version of the answer by an invitation: their own, or what a host notes of it. */
struct briefing_invitation;
struct briefing_reply;
void batch_put_reply(struct batch *batch, const struct briefing *b,
                     const struct briefing_invitation *to, const struct briefing_reply *reply,
                     str marking);

/* Appends the reader's answer by their invitation, and asks nothing. */
err briefing_put_reply(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, const struct briefing_invitation *to,
                       const struct briefing_reply *reply) MUST_USE;

/* ERR_FORBIDDEN: somebody was vouched for and not called yet sends nobody else (B12). */
err briefing_check_may_send(struct arena *a, const struct reader *r) MUST_USE;

/* Invites whoever goes in the place of `from`, without asking whether they may. */
struct briefing_instead {
    str person;
    const struct policy_org *org;
};
err briefing_invite_instead(struct arena *a, struct session *s, const struct briefing *b,
                            const struct briefing_invitation *from,
                            const struct briefing_instead *to) MUST_USE;

/* Invites who goes in the place of `from`; ERR_INVALID: they may not (B12). */
err briefing_invite_delegate(struct arena *a, struct session *s, const struct reader *r,
                             const struct briefing *b, const struct briefing_invitation *from,
                             str delegate) MUST_USE;

/* The next version of the answer to a question. */
struct question;
struct question_answer;
void question_put_answer(struct batch *batch, const struct briefing *b, const struct question *q,
                         const struct question_answer *answer);

bool strs_have(const struct stix_strs *list, str text);

/* Writes the next version of the briefing as it is in `b`. */
struct briefing_version {
    const struct briefing *briefing;
    str group_id;
    str marking; /* who may read it */
};
void batch_put_briefing(struct batch *b, const struct briefing_version *v);
/* The marking under which its versions stand: the hosts', and once it is sent the audience's. */
str briefing_marking(struct arena *a, const struct session *s, const struct briefing *b);

/* ---- the agenda */

/* Sets is_red and the title of RED items. ERR_INVALID, in words that name the item by its number.
 */
err agenda_check(struct arena *a, const struct session *s, struct briefing_items *items) MUST_USE;

/* NULL: there is none of this id. */
const struct briefing_item *agenda_find(const struct briefing_items *items, str id);

/* An item that is there as one would write it: without what is worked out. */
struct briefing_item agenda_as_written(const struct briefing_item *item);

struct agenda_change {
    const struct briefing_items *there;
    const struct briefing_items *wanted; /* in their order */
};
/* What is to be written: new items, those that differ, and those that are dropped. */
err agenda_merge(struct arena *a, const struct briefing *b, const struct agenda_change *change,
                 struct briefing_items *out) MUST_USE;

/* Items, each under the briefing's audience or a narrower one of its own. */
err briefing_put_items(struct batch *batch, const struct briefing_version *v,
                       const struct briefing_items *items) MUST_USE;

/*
 * The agenda as its hosts agreed to it: also what was left out afterwards because a host did not
 * answer (B8), which is no change that anybody is asked about.
 */
err agenda_get_agreed(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, struct briefing_items *out) MUST_USE;

#endif
