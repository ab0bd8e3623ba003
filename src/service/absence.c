/*
 * What is noted about a missing organization, as it may know it, and what it says to that.
 */
#include "service/absence.h"

#include "service/briefing_audience.h"
#include "service/briefing_parts.h"

#define EDITIONS_AHEAD_MAX 100

/* ---- answers */

static err read_answer(struct arena *a, struct session *s, const struct log_entry *e,
                       struct absence_answer *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    json v = p.value;
    *out = (struct absence_answer){.entry = *e,
                                   .content = parsed_text(a, v, "content"),
                                   .person = parsed_text(a, v, "person_ref"),
                                   .organization = parsed_text(a, v, "organization_ref"),
                                   .is_later = json_is(json_get(v, LIT("is_later")), JSON_TRUE)};
    for (unsigned i = 0; i < ABSENCE_COUNT; i++) {
        if (str_eq(briefing_absence_name((enum briefing_absence)i),
                   json_get_string(v, LIT("reason"))))
            out->why = (enum briefing_absence)i;
    }
    return NULL;
}

err absence_answers_list(struct arena *a, struct session *s, const struct briefing *b,
                         struct absence_answers *out)
{
    struct about_rows rows = {0};
    struct reader hosts;
    TRY(group_reader(a, s, b->group, &hosts));
    TRY(about_list(a, s, &hosts, b->id, LIT("absence"), &rows));
    for (size_t i = 0; i < rows.count; i++)
        TRY(read_answer(a, s, &rows.items[i].entry, LIST_ADD(a, out)));
    return NULL;
}

/* One for each organization, briefing, and whether it is about a later one. */
static str answer_id(struct arena *a, const struct session *s, const struct reader *r, str briefing,
                     bool is_later)
{
    str of = arena_join(a, briefing, is_later ? LIT(" later") : LIT(""), (str){0});
    return derived_id(a, s, "absence", r->org->id, of);
}

static err add_note(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    struct absence_note note, struct absence_notes *out)
{
    struct log_entry e;
    err absent = about_get(a, s, r, answer_id(a, s, r, briefing, note.is_later), &e);
    if (absent == NULL)
        TRY(read_answer(a, s, &e, &note.answer));
    else if (absent->code != ERR_NOT_FOUND)
        return absent;
    *LIST_ADD(a, out) = note;
    return NULL;
}

/* ---- what is noted */

/* Nobody is missing before anybody was there. */
static err is_taken(struct arena *a, struct session *s, const struct briefing *b, bool *out)
{
    struct reader hosts;
    size_t present = 0;
    bool is_said;
    TRY(group_reader(a, s, b->group, &hosts));
    if (b->is_over)
        TRY(briefing_present_count(a, s, &hosts, b->id, &present, &is_said));
    *out = present > 0;
    return NULL;
}

static err was_there(struct arena *a, struct session *s, const struct reader *hosts, str invitation,
                     bool *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, hosts, invitation, LIT("attendance"), &rows));
    *out = rows.count && rows.items[rows.count - 1].word == ABOUT_YES;
    return NULL;
}

/* Invited, and nobody of theirs was there; false: somebody was, or nobody was invited. */
static err find_absence(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, struct absence_note *out, bool *is_missing)
{
    struct briefing_invitations own = {0};
    struct reader hosts;
    size_t declined = 0;
    bool is_there;
    *is_missing = false;
    TRY(group_reader(a, s, b->group, &hosts));
    TRY(briefing_had_guest_of(a, s, &hosts, b, r->org->id, &is_there));
    if (is_there)
        return NULL;
    TRY(briefing_answers_of(a, s, b, r->org->id, &own));
    for (size_t i = 0; i < own.count; i++) {
        TRY(was_there(a, s, &hosts, own.items[i].id, &is_there));
        if (is_there)
            return NULL;
        declined += own.items[i].answer == ABOUT_NO;
    }
    *is_missing = own.count > 0;
    out->why = declined == own.count ? ABSENCE_DECLINED : ABSENCE_ABSENT;
    return NULL;
}

/* The edition after this one, as one of the hosts sees it; its id is empty where there is none. */
static err find_next(struct arena *a, struct session *s, const struct briefing *b,
                     struct briefing *out)
{
    struct about_objects any = {0};
    uint32_t type;
    *out = (struct briefing){0};
    TRY(log_type_number(a, s, LIT("briefing"), &type));
    TRY(about_objects_get(a, s, log_id_hash(s, b->id), type, &any));
    for (size_t i = 0; any.count && i < b->hosts.count && out->id.len == 0; i++) {
        const struct policy_org *org = policy_org_by_id(s->policy, b->hosts.items[i]);
        struct about_rows rows = {0};
        struct reader host;
        str id;
        if (org == NULL)
            continue;
        TRY(reader_make(a, s, org, NULL, NULL, &host));
        TRY(about_list(a, s, &host, b->id, LIT("briefing"), &rows));
        if (rows.count == 0)
            continue;
        TRY(log_body_id(a, s, rows.items[rows.count - 1].entry.body, &id));
        TRY(briefing_get(a, s, &host, id, out));
    }
    return NULL;
}

/* Of an edition that the reader cannot see: meant to be invited, and not. */
static err find_omission(struct arena *a, struct session *s, const struct reader *r,
                         const struct briefing *b, struct absence_note *out, bool *is_missing)
{
    struct reader hosts;
    enum briefing_meant meant = MEANT_NOT;
    bool is_held;
    bool is_there;
    TRY(group_reader(a, s, b->group, &hosts));
    TRY(is_taken(a, s, b, &is_held));
    TRY(briefing_had_guest_of(a, s, &hosts, b, r->org->id, &is_there));
    if (is_held && !is_there)
        TRY(briefing_audience_meant(a, s, &hosts, b, r->org, &meant));
    *is_missing = meant != MEANT_NOT;
    *out = (struct absence_note){.is_later = true,
                                 .why = meant == MEANT ? ABSENCE_NOT_ASKED : ABSENCE_NOT_REACHED};
    return NULL;
}

static err is_hidden(struct arena *a, struct session *s, const struct reader *r, str briefing,
                     bool *out)
{
    struct briefing seen;
    err hidden = briefing_get(a, s, r, briefing, &seen);
    *out = hidden != NULL;
    return hidden && hidden->code != ERR_NOT_FOUND ? hidden : NULL;
}

/*
 * The newest of the later ones that has something to be told, up to the next edition that the
 * reader can see: what comes after that one is told there.
 */
static err add_later(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, int64_t since_us, struct absence_notes *out)
{
    struct absence_note newest = {0};
    struct briefing edition = *b;
    for (int i = 0; i < EDITIONS_AHEAD_MAX; i++) {
        struct absence_note note = {0};
        struct briefing next;
        bool is_for_others;
        bool is_missing = false;
        TRY(find_next(a, s, &edition, &next));
        if (next.id.len == 0)
            break;
        TRY(is_hidden(a, s, r, next.id, &is_for_others));
        if (!is_for_others)
            break;
        edition = next;
        if (briefing_end_us(&edition.when) >= since_us)
            TRY(find_omission(a, s, r, &edition, &note, &is_missing));
        if (is_missing)
            newest = note;
    }
    return newest.is_later ? add_note(a, s, r, b->id, newest, out) : NULL;
}

err absence_notes_get(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, int64_t since_us, struct absence_notes *out)
{
    struct absence_note note = {0};
    bool is_held = false;
    bool is_missing = false;
    if (b->is_host || b->status == BRIEFING_DRAFT || r->org == NULL || !r->may_reply)
        return NULL;
    if (briefing_end_us(&b->when) >= since_us)
        TRY(is_taken(a, s, b, &is_held));
    if (is_held)
        TRY(find_absence(a, s, r, b, &note, &is_missing));
    if (is_missing)
        TRY(add_note(a, s, r, b->id, note, out));
    return add_later(a, s, r, b, since_us, out);
}

/* ---- answering */

static err append(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, const struct absence_note *note, str content)
{
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, r->org->n);
    struct object_head head = {.type = "absence",
                               .extension = ABSENCE_EXTENSION,
                               .id = answer_id(a, s, r, b->id, note->is_later),
                               .modified_us = note->answer.entry.version_us,
                               .created_by = r->org->id,
                               .label = b->label};
    TRY(batch_define_hosts(&batch, b, &head.markings[0]));
    struct json_writer *w = batch_open(&batch, &head);
    json_member(w, "briefing_ref", b->id);
    json_member(w, "organization_ref", r->org->id);
    json_member(w, "person_ref", r->person->id);
    json_member(w, "reason", briefing_absence_name(note->why));
    json_member(w, "content", content);
    if (note->is_later)
        json_member_bool(w, "is_later", true);
    batch_close(&batch, &head);
    return batch_append(&batch);
}

err absence_say(struct arena *a, struct session *s, const struct reader *r, str briefing,
                bool is_later, str content)
{
    struct briefing b;
    struct absence_notes notes = {0};
    const struct absence_note *note = NULL;
    TRY(briefing_get(a, s, r, briefing, &b));
    TRY(absence_notes_get(a, s, r, &b, 0, &notes));
    for (size_t i = 0; i < notes.count; i++) {
        if (notes.items[i].is_later == is_later)
            note = &notes.items[i];
    }
    if (note == NULL || r->person == NULL)
        return FAIL(a, ERR_CONFLICT, "nothing is noted about your organization to answer");
    if (str_trim(content).len == 0)
        return FAIL(a, ERR_INVALID, "say something, or leave it as it is");
    if (content.len > ABSENCE_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the answer is longer than %d bytes", ABSENCE_BYTES_MAX);
    TRY(append(a, s, r, &b, note, content));
    return briefing_record(a, s, r, "briefing.absence", briefing, (str){0});
}
