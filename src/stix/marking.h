/*
 * Markings: the label of Traffic Light Protocol that a marking definition carries, the built-in
 * definitions, and the named audiences of our own extension (rules G3 to G5).
 */
#ifndef TOCSIN_STIX_MARKING_H
#define TOCSIN_STIX_MARKING_H

#include "stix/vocab.h"
#include "json/json.h"

/* In order of strictness: the strictest of several is the largest. */
enum tlp { TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_AMBER_STRICT, TLP_RED, TLP_COUNT };

/* "TLP:AMBER+STRICT". */
str tlp_name(enum tlp label);

/* "amber+strict", as on the command line and in the TLP 2 extension. */
str tlp_word(enum tlp label);

/* Whether who may read up to `ceiling` reads the label; AMBER+STRICT reads like AMBER (G3). */
bool tlp_is_within(enum tlp label, enum tlp ceiling);

/* Any case, with or without "TLP:"; "white" is TLP_CLEAR. */
bool tlp_read(str text, enum tlp *out);

/* The id of the TLP 2 marking definition. */
str tlp_marking_id(enum tlp label);

/* True if `id` is a TLP 1 or TLP 2 definition or another well-known spelling of one (G3). */
bool tlp_of_marking_id(str id, enum tlp *out);

/* The definitions of TLP 1 (four) and TLP 2 (five), exactly as their standards print them. */
struct marking_builtin {
    str id;
    enum tlp label;
    unsigned version; /* of TLP: 1 or 2 */
    str bytes;        /* JSON */
};
extern const struct marking_builtin MARKING_BUILTINS[];
extern const size_t MARKING_BUILTIN_COUNT;

/*
 * The statement that whatever belongs to an exercise carries (B25), by a fixed id. The id decides,
 * whoever defines it: it restricts nobody.
 */
#define MARKING_EXERCISE "marking-definition--0eef7ad1-6929-40a2-bc4b-4fb8910db4cb"
extern const str MARKING_EXERCISE_DEFINITION; /* JSON */

/* The extension that OASIS published for TLP 2.0. */
#define MARKING_TLP_2_EXTENSION "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"

/* The extension by which a marking definition names its audience. */
#define MARKING_AUDIENCE_EXTENSION "extension-definition--1c8ccade-bbc7-4bc2-bcbf-90b15c58db60"

/* The label that a definition's own words give, whatever its id (TLP 1, TLP 2, OpenCTI's way). */
bool marking_says_label(json definition, enum tlp *out);

enum marking_kind {
    MARKING_TLP,       /* `label` says which */
    MARKING_NAMED,     /* the audience fields say whom it admits */
    MARKING_STATEMENT, /* restricts nobody */
    MARKING_OTHER,     /* not understood: stays with its contributor (G5) */
};

/* What a reader may do with what is marked (G4): read it only; ask first; act on it where nobody
 * outside sees it; act on it openly. */
enum marking_use {
    MARKING_USE_UNSAID,
    MARKING_USE_NONE,
    MARKING_USE_ASK,
    MARKING_USE_INTERNAL,
    MARKING_USE_VISIBLE,
    MARKING_USE_COUNT
};

/* "ask"; empty for MARKING_USE_UNSAID, which no word reads as. */
str marking_use_name(enum marking_use use);
bool marking_use_read(str name, enum marking_use *out);

struct marking_strs {
    str *items;
    size_t count;
    size_t capacity;
};

struct marking {
    enum marking_kind kind;
    str id;
    str created_by_ref; /* may be empty */
    str name;           /* may be empty */
    enum tlp label;
    str statement;
    /* MARKING_NAMED. An absent list is empty, and admits or matches as G4 says. */
    struct marking_strs organizations;
    struct marking_strs people;
    struct marking_strs tokens;
    unsigned sectors;                  /* bits 1 << enum sector */
    struct marking_strs jurisdictions; /* canonical */
    unsigned roles;                    /* bits 1 << enum role */
    enum marking_use use;
    str use_text;
};

/*
 * Reads a marking-definition object. Strings are borrowed from `definition`'s document. ERR_INVALID
 * with words for people where our extension is there but malformed, or `id` is missing.
 */
err marking_read(struct arena *a, json definition, struct marking *out) MUST_USE;

#endif
