/*
 * What was met: what is known of an indicator, and how often and when it was met, whether in logs
 * or in observed data. From these the report and the sightings are made.
 */
#ifndef TOCSIN_CLI_MATCH_MET_H
#define TOCSIN_CLI_MATCH_MET_H

#include "cli/command.h"
#include "stix/marking.h"
#include "json/json.h"
#include "json/write.h"

#define MATCH_NO_CONFIDENCE 255u
#define MATCH_REPORT_BYTES_MAX ((size_t)1 << 30)

/* Empty texts and zero times are not known. */
struct match_indicator {
    const char *kind; /* of a value that was looked for in logs; else NULL */
    str value;
    str id;
    str name;
    str phases;      /* sweep/phases.h */
    bool is_in_part; /* other parts of its pattern cannot be looked for in logs */
    str shared_by;
    str from_file;
    bool is_labelled;
    enum tlp label;
    bool is_revoked;
    unsigned confidence; /* or MATCH_NO_CONFIDENCE */
    int64_t valid_from_us;
    int64_t valid_until_us;
};

struct match_met {
    struct match_indicator indicator;
    uint64_t count;
    bool has_time;
    int64_t first_us;
    int64_t last_us;
};

struct match_mets {
    struct match_met *items;
    size_t count;
    size_t capacity;
    bool is_labelled;
    enum tlp strictest; /* label of all that was met, in this list or not */
};

/* Minds the label of what was met. */
void match_mind_label(struct match_mets *mets, bool is_labelled, enum tlp label);

/* What an indicator of STIX says of itself; `shared_by` is the id of an identity. */
struct match_indicator match_indicator_read(struct arena *a, json object, str path);

/* For people: the label, the name and who shared it, as far as they are known, after two blanks. */
str match_about(struct arena *a, const struct match_indicator *i);

/* A name for people: plain, and cut where it is long. */
str match_name(struct arena *a, str name);

/* "1 hit", "2 hits" */
str match_amount(struct arena *a, uint64_t count, const char *what);

/* Members of the open object. */
void match_put_indicator(struct json_writer *w, const struct match_indicator *i);

/* An object with the indicator, the count and the times. */
void match_put_met(struct json_writer *w, const struct match_met *met);

/* The strictest label on standard error, if there is one. */
void match_note_strictest(struct cli *cli, const struct match_mets *mets);

/* Members of the open object: the label, how many hits, and what was met, in its order. */
void match_put_report(struct json_writer *w, const struct match_mets *mets, uint64_t hits);

#endif
