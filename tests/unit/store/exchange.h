/*
 * A small exchange for tests of the store: a data directory in a temporary folder, members with
 * people and tokens, and objects that are written in one line each.
 *
 * Objects have ids made from a type and a small number, and versions that are days of August 2018.
 * What a reader gets is told as words: "i1v2 r3v1" is version 2 of indicator 1, then version 1 of
 * relationship 3; an object without a version of its own has v0.
 */
#ifndef TOCSIN_TESTS_STORE_EXCHANGE_H
#define TOCSIN_TESTS_STORE_EXCHANGE_H

#include "store/log.h"
#include "store/members.h"
#include "store/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Who acts: an organization, and a person or token of it or neither. */
struct who {
    int64_t org; /* 0: anonymous */
    int64_t person;
    int64_t token;
};

struct exchange {
    struct arena arena;
    char folder[64];
    str dir;
    struct store *store;
    uint32_t k; /* the collection of the worked examples: Low may read at GREEN, Out nothing */
    struct who f1, f2, p1;                        /* people of Fed and Plat, all publishers */
    struct who fed, plat, ohio, county, low, out; /* bare organizations */
};

/* Ends the test with the error's words. */
void must(struct exchange *x, err e);
/* `e` must have failed with this code. */
void must_fail(struct exchange *x, err e, enum err_code code);

int exchange_init(void **state);
int exchange_done(void **state);
#define EXCHANGE_TEST(f) cmocka_unit_test_setup_teardown(f, exchange_init, exchange_done)

/* Another store on the same folder, as another process has it; close it with store_close. */
struct store *exchange_second(struct exchange *x);

struct who exchange_org(struct exchange *x, const char *name, const char *sector, enum tlp ceiling,
                        const char *jurisdiction);
struct who exchange_person(struct exchange *x, struct who org, const char *email, unsigned roles);
/* A token of an organization or a person; for one collection only unless that is 0. */
struct who exchange_token(struct exchange *x, struct who who, uint32_t collection);
uint32_t exchange_collection(struct exchange *x, const char *alias, enum tlp default_tlp,
                             bool is_public);
void exchange_grant(struct exchange *x, uint32_t collection, struct who org, bool may_read,
                    bool may_write);
/* The id of the identity of an organization, a person or a token. */
str exchange_id_of(struct exchange *x, struct who who);
/* One statement, in a transaction of its own. */
void exchange_sql(struct exchange *x, const char *sql);
int64_t exchange_number(struct exchange *x, const char *sql);

/* Ids and objects. `more` is further members, with a comma in front, or empty. */
str id_of(struct exchange *x, const char *type, unsigned n);
str thing(struct exchange *x, const char *type, unsigned n, unsigned version, str more);
/* The same with a printed `more`. */
str thing_with(struct exchange *x, const char *type, unsigned n, unsigned version, const char *more,
               ...) __attribute__((format(printf, 5, 6)));
/* ,"object_marking_refs":[…] of TLP 2 */
str marked(struct exchange *x, enum tlp label);
/* ,"object_marking_refs":["TLP 2","marking-definition--n"] */
str marked_for(struct exchange *x, enum tlp label, unsigned n);
/* A marking definition with our extension; `lists` are its members after the type. */
str audience_definition(struct exchange *x, unsigned n, const char *lists, ...)
    __attribute__((format(printf, 3, 4)));
/* ends of a relationship: ,"relationship_type":…,"source_ref":…,"target_ref":… */
str from_to(struct exchange *x, str source, str target);

/* Posts objects in one session; several are joined by commas. Outcomes are told as letters: A
 * added, D duplicate, R refused. `post_with` may use another store, or several collections. */
str post(struct exchange *x, struct who who, uint32_t collection, str objects);
struct posting {
    struct store *store;
    struct who who;
    uint32_t collections[4];
    size_t collection_count;
    str objects;
    bool is_rolled_back;
    str messages; /* out: of all items, one a line */
};
err post_with(struct exchange *x, struct posting *posting, str *outcomes);

/* Whoever reads, in an open session. */
struct reader reader_for(struct exchange *x, struct session *s, struct who who);

/* What a reader gets by the views, page by page, and checked against a walk without them. */
str shows(struct exchange *x, struct who who, uint32_t collection);
str shows_in(struct exchange *x, struct store *store, struct who who, const struct page_query *q);

err withdraw(struct exchange *x, struct who who, uint32_t collection, str id, size_t *withdrawn);

/* Everything in the database as text, but what the policy of times makes differ. */
str exchange_dump(struct exchange *x);

#define assert_says(got, expected) assert_str_text((got), (expected), __FILE__, __LINE__)
void assert_str_text(str got, const char *expected, const char *file, int line);

#endif
