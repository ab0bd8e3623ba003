/*
 * Submitting objects: from a body of JSON to entries in the log, with a status that says what
 * became of each (L2, L9, S16). Reading and validating happen on the caller's thread, appending on
 * the writer's.
 */
#ifndef TOCSIN_SERVICE_SUBMIT_H
#define TOCSIN_SERVICE_SUBMIT_H

#include "service/writer.h"
#include "store/log.h"

struct submission {
    struct arena arena; /* everything of the submission; gone with submission_close */
    struct json_reader json_reader;
    struct log_item *items;
    size_t item_count;
    struct reader reader; /* made anew in the writer's session */
    int64_t org;
    int64_t person;
    int64_t token;
    uint32_t collection;
    int64_t requested_us;
    str body; /* the bytes received; copied by submission_read */
    str status_id;
    str status_json; /* the TAXII status resource, once appended */
    size_t failure_count;
    struct writer_job job;
};

/*
 * Reads and validates a TAXII envelope. ERR_INPUT: not JSON (line and column), no envelope;
 * ERR_TOO_LARGE: too many objects; ERR_INVALID: an element without a usable id, which spoils all of
 * it (L9). Objects that break a MUST are marked refused, each with its words. `*out` is closed with
 * submission_close.
 */
err submission_read(struct arena *a, str body, size_t objects_max,
                    struct submission **out) MUST_USE;
/* Accepts NULL. */
void submission_close(struct submission *sub);

/*
 * The writer's part: rights are looked up again, objects appended, the status resource and the
 * audit row written, all in one commit.
 */
err submission_append(struct arena *a, struct session *s, struct submission *sub) MUST_USE;

#endif
