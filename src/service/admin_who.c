/*
 * Who may see an object, and who has (R2). Asked by its contributor or a steward; anybody else is
 * told what they would be told of an object that does not exist.
 */
#include "service/admin_entries.h"

#include "service/briefing_parts.h"

#include <stdlib.h>

struct inquiry {
    const struct policy_org *org;
    struct log_entries entries; /* live ones the asker may ask about, by collection */
};

static enum tlp label_of(const struct session *s, const struct log_entry *e)
{
    return audience_get(s->store->audiences, e->clause)->clauses[0].label;
}

static int entry_order(const void *a, const void *b)
{
    const struct log_entry *one = a;
    const struct log_entry *two = b;
    if (one->collection != two->collection)
        return one->collection < two->collection ? -1 : 1;
    return (one->number > two->number) - (one->number < two->number);
}

/* Itself, or a group that it owns with others (B7). */
static bool acts_for(const struct policy_org *org, int64_t contributor)
{
    bool owns = org->n == contributor;
    for (size_t i = 0; i < org->group_count; i++)
        owns |= org->groups[i] == contributor;
    return owns;
}

static err open_inquiry(struct arena *a, struct session *s, const struct admin_question *q,
                        struct inquiry *out)
{
    struct inquiry in = {0};
    TRY(admin_find_active(a, s, q->as, &in.org));
    TRY(log_entries_of(a, s, q->id, 0, &in.entries));
    size_t kept = 0;
    for (size_t i = 0; i < in.entries.count; i++) {
        const struct log_entry *e = &in.entries.items[i];
        if (!acts_for(in.org, e->contributor) && !in.org->is_steward)
            continue;
        if (q->reader && !reader_may_read(s, q->reader, e->audience))
            continue;
        in.entries.items[kept++] = *e;
    }
    in.entries.count = kept;
    if (kept == 0)
        return FAIL(a, ERR_NOT_FOUND,
                    "%.*s contributed no object %.*s; only its contributor and "
                    "the steward may ask",
                    STR_ARG(in.org->name), STR_ARG(q->id));
    qsort(in.entries.items, kept, sizeof(*in.entries.items), entry_order);
    *out = in;
    return NULL;
}

/* ---- who may */

static bool sees_any(const struct session *s, const struct reader *r, const struct inquiry *in)
{
    for (size_t i = 0; i < in->entries.count; i++) {
        if (reader_may_read(s, r, in->entries.items[i].audience))
            return true;
    }
    return false;
}

/* Some person or token of the organization sees what the organization as such does not. */
static err sees_by_name(struct arena *a, struct session *s, const struct policy_org *org,
                        const struct inquiry *in, bool *out)
{
    struct reader r;
    *out = false;
    for (size_t i = 0; i < s->policy->person_count && !*out; i++) {
        const struct policy_person *person = &s->policy->people[i];
        if (person->is_suspended || !policy_affiliation(person, org->n))
            continue;
        TRY(reader_make(a, s, org, person, NULL, &r));
        *out = sees_any(s, &r, in);
    }
    for (size_t i = 0; i < s->policy->token_count && !*out; i++) {
        const struct policy_token *t = &s->policy->tokens[i];
        if (t->org != org->n || t->person || !policy_token_is_good(t, s->now_us))
            continue;
        TRY(reader_make(a, s, org, NULL, t, &r));
        *out = sees_any(s, &r, in);
    }
    return NULL;
}

static err add_viewer(struct arena *a, struct session *s, const struct policy_org *org,
                      const struct inquiry *in, struct admin_viewers *out)
{
    struct reader r;
    TRY(reader_make(a, s, org, NULL, NULL, &r));
    bool is_whole = sees_any(s, &r, in);
    bool is_by_name = false;
    if (!is_whole && org)
        TRY(sees_by_name(a, s, org, in, &is_by_name));
    if (!is_whole && !is_by_name)
        return NULL;
    *LIST_ADD(a, out) = (struct admin_viewer){
        .org_id = org ? arena_copy(a, org->id) : LIT("anonymous"),
        .name = org ? arena_copy(a, org->name) : LIT("anyone, without signing in"),
        .sector = org ? arena_copy(a, org->sector) : (str){0},
        .is_by_name = is_by_name,
    };
    return NULL;
}

err admin_may_see_in(struct arena *a, struct session *s, const struct admin_question *q,
                     struct admin_viewers *out)
{
    struct inquiry in;
    struct admin_viewers viewers = {0};
    TRY(open_inquiry(a, s, q, &in));
    TRY(add_viewer(a, s, NULL, &in, &viewers));
    for (size_t i = 0; i < s->policy->org_count; i++) {
        if (s->policy->orgs[i].is_active)
            TRY(add_viewer(a, s, &s->policy->orgs[i], &in, &viewers));
    }
    *out = viewers;
    return NULL;
}

err admin_may_see(struct arena *a, struct store *store, const struct admin_question *q,
                  struct admin_viewers *out)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    return admin_may_see_in(a, &s, q, out);
}

/* ---- who has */

struct actors {
    struct arena *arena;
    int64_t *items;
    size_t count;
    size_t capacity;
};

static void note_actor(void *context, size_t question, int64_t actor)
{
    (void)question;
    struct actors *actors = context;
    for (size_t i = 0; i < actors->count; i++) {
        if (actors->items[i] == actor)
            return;
    }
    *LIST_ADD(actors->arena, actors) = actor;
}

/* The entries of one collection lie side by side. */
static err ask_receipts(struct arena *a, struct session *s, const struct inquiry *in,
                        struct actors *actors)
{
    uint32_t *numbers = NEW_ARRAY(a, in->entries.count, uint32_t);
    size_t from = 0;
    while (from < in->entries.count) {
        size_t count = 0;
        uint32_t collection = in->entries.items[from].collection;
        while (from + count < in->entries.count &&
               in->entries.items[from + count].collection == collection) {
            numbers[count] = in->entries.items[from + count].number;
            count++;
        }
        const struct receipt_question question = {
            .collection = collection, .kind = RECEIPT_OBTAINED, .numbers = numbers, .count = count};
        TRY(receipts_holders(a, s->db, &(struct receipt_questions){&question, 1}, note_actor,
                             actors));
        from += count;
    }
    return NULL;
}

/* An organization that obtained it is counted once, whoever of it did. */
static void count_sectors(struct arena *a, const struct session *s, const struct reader *readers,
                          size_t count, struct admin_seen *out)
{
    size_t totals[SECTOR_COUNT] = {0};
    bool *is_counted = NEW_ARRAY(a, s->policy->org_count, bool);
    for (size_t i = 0; i < count; i++) {
        const struct policy_org *org = readers[i].org;
        enum sector sector;
        if (org == NULL || is_counted[org - s->policy->orgs] || !sector_read(org->sector, &sector))
            continue;
        is_counted[org - s->policy->orgs] = true;
        totals[sector]++;
    }
    out->sectors = NEW_ARRAY(a, SECTOR_COUNT, struct admin_seen_sector);
    for (unsigned i = 0; i < SECTOR_COUNT; i++) {
        if (totals[i] == 0)
            continue;
        out->sectors[out->sector_count++] = (struct admin_seen_sector){
            .sector = sector_name(i), .count = totals[i] >= ADMIN_SECTOR_COUNT_MIN ? totals[i] : 0};
    }
}

static str person_of(struct arena *a, const struct reader *r)
{
    if (r->person)
        return arena_copy(a, r->person->email);
    return r->token ? arena_copy(a, r->token->id) : (str){0};
}

static bool is_named_already(const struct admin_seen *seen, const struct admin_seen_by *by)
{
    for (size_t i = 0; i < seen->name_count; i++) {
        if (str_eq(seen->names[i].org_id, by->org_id) && str_eq(seen->names[i].person, by->person))
            return true;
    }
    return false;
}

static void put_names(struct arena *a, const struct reader *readers, size_t count,
                      bool wants_people, struct admin_seen *out)
{
    out->names = NEW_ARRAY(a, count, struct admin_seen_by);
    for (size_t i = 0; i < count; i++) {
        const struct reader *r = &readers[i];
        if (r->org == NULL)
            continue;
        const struct admin_seen_by by = {.org_id = arena_copy(a, r->org->id),
                                         .name = arena_copy(a, r->org->name),
                                         .person = wants_people ? person_of(a, r) : (str){0}};
        if (!is_named_already(out, &by))
            out->names[out->name_count++] = by;
    }
}

/* The newest version of an object that a correction says was wrong (B22); 0: none. */
static err find_corrected(struct arena *a, struct session *s, const struct inquiry *in, str id,
                          int64_t *version_us)
{
    struct reader contributor;
    struct about_rows rows = {0};
    *version_us = 0;
    TRY(group_reader(a, s, in->entries.items[0].contributor, &contributor));
    TRY(about_list(a, s, &contributor, id, LIT("correction"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        OWNED(parsed_done) struct parsed p = {0};
        TRY(parsed_read(a, s, &rows.items[i].entry, &p));
        int64_t before_us = parsed_time(p.value, "before");
        bool is_of_it = str_eq(json_get_string(p.value, LIT("object_ref")), id);
        *version_us = is_of_it && before_us > *version_us ? before_us : *version_us;
    }
    return NULL;
}

/*
 * Names are told of RED and AMBER+STRICT, and of versions that were corrected; `*wants_people`: all
 * of it is RED.
 */
static err keep_nameable(struct arena *a, struct session *s, struct inquiry *in, str id,
                         bool *wants_people)
{
    size_t kept = 0;
    int64_t corrected_us;
    *wants_people = true;
    TRY(find_corrected(a, s, in, id, &corrected_us));
    for (size_t i = 0; i < in->entries.count; i++) {
        enum tlp label = label_of(s, &in->entries.items[i]);
        if (label < TLP_AMBER_STRICT && in->entries.items[i].version_us > corrected_us)
            continue;
        *wants_people &= label == TLP_RED;
        in->entries.items[kept++] = in->entries.items[i];
    }
    in->entries.count = kept;
    if (kept == 0)
        return FAIL(
            a, ERR_FORBIDDEN,
            "who has seen it is told by name only for RED and AMBER+STRICT, and of what was "
            "corrected; ask without --reason for counts");
    return NULL;
}

/* Whoever asks goes on the record, since readers may see who looked at theirs. */
static err record_question(struct arena *a, struct session *s, const struct admin_question *q,
                           const struct inquiry *in)
{
    str detail = arena_print(a, "asked by %.*s%s%.*s", STR_ARG(in->org->id),
                             q->reason.len ? ", by name: " : "", STR_ARG(q->reason));
    return admin_record(a, s, q->reason.len ? "receipts.names" : "receipts.counts", q->id, detail);
}

err admin_has_seen(struct arena *a, struct store *store, const struct admin_question *q,
                   struct admin_seen *out)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    struct inquiry in;
    struct actors actors = {.arena = a};
    TRY(open_inquiry(a, &s, q, &in));
    bool wants_people = false;
    if (q->reason.len)
        TRY(keep_nameable(a, &s, &in, q->id, &wants_people));
    TRY(ask_receipts(a, &s, &in, &actors));
    struct reader *readers = NEW_ARRAY(a, actors.count, struct reader);
    for (size_t i = 0; i < actors.count; i++)
        TRY(reader_of_actor(a, &s, actors.items[i], 0, &readers[i]));
    struct admin_seen seen = {0};
    count_sectors(a, &s, readers, actors.count, &seen);
    if (q->reason.len)
        put_names(a, readers, actors.count, wants_people, &seen);
    TRY(record_question(a, &s, q, &in));
    TRY(session_commit(a, &s));
    *out = seen;
    return NULL;
}
