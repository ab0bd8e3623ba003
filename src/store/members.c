/*
 * Organizations and the built-in collection Members: a member's identity object is appended when it
 * becomes active, again when its name or sector changes, and withdrawn when it stops being active.
 */
#include "store/members.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "base/uuid.h"
#include "store/log.h"
#include "json/write.h"

#define IDENTITY_BYTES_MAX ((size_t)64 * 1024)

/* identity_class and sectors as STIX 2.1 §10.8 and §10.9 have them, by our sectors. */
static const struct {
    const char *sector;
    const char *stix_sector;
} SECTOR_WORDS[] = {
    {"federal", "government-national"},
    {"state", "government-regional"},
    {"local", "government-local"},
    {"tribal", "government-local"},
    {"territorial", "government-regional"},
    {"association", "non-profit"},
    {"platform", "technology"},
    {"vendor", "technology"},
    {"research", "education"},
    {"civil-society", "non-profit"},
};

static str stix_sector(str sector)
{
    for (size_t i = 0; i < sizeof(SECTOR_WORDS) / sizeof(SECTOR_WORDS[0]); i++) {
        if (str_eq(str_of(SECTOR_WORDS[i].sector), sector))
            return str_of(SECTOR_WORDS[i].stix_sector);
    }
    return (str){0};
}

static str identity_json(struct arena *a, const struct policy_org *org, int64_t created_us,
                         int64_t modified_us)
{
    char time[CLOCK_TEXT_BYTES];
    OWNED(buf_done) struct buf text;
    buf_init(&text, IDENTITY_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_object(&w);
    json_member(&w, "type", LIT("identity"));
    json_member(&w, "spec_version", LIT("2.1"));
    json_member(&w, "id", org->id);
    json_member(&w, "created", clock_write_ms(created_us, time));
    json_member(&w, "modified", clock_write_ms(modified_us, time));
    json_member(&w, "name", org->name);
    json_member(&w, "identity_class", org->is_group ? LIT("group") : LIT("organization"));
    str sector = stix_sector(org->sector);
    if (sector.len) {
        json_key(&w, LIT("sectors"));
        json_open_array(&w);
        json_put_string(&w, sector);
        json_close_array(&w);
    }
    json_close_object(&w);
    return arena_copy(a, buf_str(&text));
}

static err members_collection(struct arena *a, struct session *s, int64_t *collection,
                              int64_t *steward)
{
    TRY(db_query_int(a, s->db, "SELECT n FROM collection WHERE is_builtin = 1", DB_NO_ARGS, 0,
                     collection));
    TRY(db_query_int(a, s->db, "SELECT min(n) FROM org WHERE is_steward = 1", DB_NO_ARGS, 0,
                     steward));
    if (*collection == 0 || *steward == 0)
        return FAIL(a, ERR_CORRUPT,
                    "the built-in collection Members or the steward's "
                    "organization is missing; restore a backup");
    return NULL;
}

/* The steward's organization, in whose name Members is kept. */
static err members_keeper(struct arena *a, struct session *s, uint32_t *collection,
                          struct reader *out)
{
    int64_t n;
    int64_t steward;
    TRY(members_collection(a, s, &n, &steward));
    *collection = (uint32_t)n;
    return reader_make(a, s, policy_org(s->policy, steward), NULL, NULL, out);
}

static err append_object(struct arena *a, struct session *s, str bytes)
{
    uint32_t collection;
    struct reader reader;
    TRY(members_keeper(a, s, &collection, &reader));
    OWNED(json_reader_done) struct json_reader json_reader = {0};
    json value;
    TRY(json_read(a, &json_reader, bytes, NULL, &value));
    struct log_item item = {0};
    TRY(stix_object_read(a, value, &item.object));
    struct log_submission sub = {.reader = &reader,
                                 .contributor = reader.org->n,
                                 .collections = &collection,
                                 .collection_count = 1,
                                 .items = &item,
                                 .item_count = 1};
    TRY(log_append(a, s, &sub));
    if (item.outcome == LOG_REFUSED)
        return FAIL(a, ERR_INTERNAL, "the collection Members took no %.*s: %.*s",
                    STR_ARG(item.object.id), STR_ARG(item.message));
    return NULL;
}

static err withdraw_identity(struct arena *a, struct session *s, str id)
{
    uint32_t collection;
    struct reader reader;
    TRY(members_keeper(a, s, &collection, &reader));
    const struct log_withdrawal w = {.reader = &reader, .collection = collection, .id = id};
    size_t withdrawn;
    err e = log_withdraw(a, s, &w, &withdrawn);
    return e && e->code != ERR_NOT_FOUND ? e : NULL;
}

/* The newest version of the identity that is shown; 0: none is. */
static err shown_version(struct arena *a, struct session *s, str id, int64_t *out)
{
    int64_t collection;
    int64_t steward;
    TRY(members_collection(a, s, &collection, &steward));
    struct log_entries entries = {0};
    TRY(log_entries_of(a, s, id, (uint32_t)collection, &entries));
    *out = 0;
    for (size_t i = 0; i < entries.count; i++) {
        if (entries.items[i].version_us > *out)
            *out = entries.items[i].version_us;
    }
    return NULL;
}

/* Brings the collection Members in line with what the organization is now. */
static err show_or_hide(struct arena *a, struct session *s, str id, int64_t created_us,
                        bool is_changed)
{
    const struct policy_org *org = policy_org_by_id(s->policy, id);
    ASSERT(org != NULL);
    int64_t shown_us;
    TRY(shown_version(a, s, id, &shown_us));
    if (!org->is_active)
        return shown_us ? withdraw_identity(a, s, id) : NULL;
    if (shown_us && !is_changed)
        return NULL;
    /* Versions are milliseconds; a quick second change, or a clock set back, is newer still. */
    int64_t modified_us = s->now_us > shown_us + 1000 ? s->now_us : shown_us + 1000;
    return append_object(a, s, identity_json(a, org, created_us, modified_us));
}

static err check_org(struct arena *a, struct session *s, str id, const struct member_org *org)
{
    static const str STATUSES[] = {LIT_INIT("known"), LIT_INIT("invited"), LIT_INIT("member"),
                                   LIT_INIT("left")};
    if (str_trim(org->name).len == 0 || org->name.len > MEMBERS_NAME_BYTES_MAX ||
        !utf8_is_line(org->name))
        return FAIL(a, ERR_USAGE,
                    "an organization needs a name of 1 to %d bytes in one line, all of it seen",
                    MEMBERS_NAME_BYTES_MAX);
    enum sector sector;
    if (!sector_read(org->sector, &sector))
        return FAIL(a, ERR_USAGE, "'%.*s' is no sector; it is one of %s", STR_ARG(org->sector),
                    sector_words());
    bool is_status = false;
    for (size_t i = 0; i < sizeof(STATUSES) / sizeof(STATUSES[0]); i++)
        is_status |= str_eq(STATUSES[i], org->status);
    if (!is_status)
        return FAIL(a, ERR_USAGE, "'%.*s' is no status; it is one of known, invited, member, left",
                    STR_ARG(org->status));
    if (org->jurisdiction_count > MEMBERS_JURISDICTIONS_MAX ||
        org->note.len > MEMBERS_NOTE_BYTES_MAX)
        return FAIL(a, ERR_USAGE, "at most %d jurisdictions and a note of %d bytes",
                    MEMBERS_JURISDICTIONS_MAX, MEMBERS_NOTE_BYTES_MAX);
    int64_t taken;
    TRY(db_query_int(a, s->db, "SELECT n FROM org WHERE name = ?1 AND id <> ?2",
                     DB_ARGS(db_text(org->name), db_text(id)), 0, &taken));
    if (taken)
        return FAIL(a, ERR_CONFLICT, "there is already an organization named '%.*s'",
                    STR_ARG(org->name));
    return NULL;
}

static err put_jurisdictions(struct arena *a, struct session *s, int64_t n,
                             const struct member_org *org)
{
    TRY(db_run(a, s->db, "DELETE FROM org_jurisdiction WHERE org = ?1", DB_ARGS(db_int(n))));
    for (size_t i = 0; i < org->jurisdiction_count; i++) {
        TRY(db_run(a, s->db, "INSERT OR IGNORE INTO org_jurisdiction (org, code) VALUES (?1, ?2)",
                   DB_ARGS(db_int(n), db_text(org->jurisdictions[i]))));
    }
    return NULL;
}

static err org_number(struct arena *a, struct session *s, str id, int64_t *n, int64_t *created_us)
{
    TRY(db_query_int(a, s->db, "SELECT n FROM org WHERE id = ?1", DB_ARGS(db_text(id)), 0, n));
    if (*n == 0)
        return FAIL(a, ERR_NOT_FOUND, "there is no organization %.*s; see: tocsin org list",
                    STR_ARG(id));
    return db_query_int(a, s->db, "SELECT created FROM org WHERE n = ?1", DB_ARGS(db_int(*n)), 0,
                        created_us);
}

err members_insert(struct arena *a, struct session *s, const struct member_org *org, str *id)
{
    str made = uuid_random_id(a, LIT("identity"));
    TRY(check_org(a, s, made, org));
    TRY(db_run(a, s->db,
               "INSERT INTO org (id, name, sector, ceiling, status, is_group, is_steward, note, "
               "created, is_exercise) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
               DB_ARGS(db_text(made), db_text(org->name), db_text(org->sector),
                       db_int(org->ceiling), db_text(org->status), db_int(org->is_group),
                       db_int(org->is_steward), db_text(org->note), db_int(s->now_us),
                       db_int(org->is_exercise))));
    int64_t n;
    int64_t created_us;
    TRY(org_number(a, s, made, &n, &created_us));
    TRY(put_jurisdictions(a, s, n, org));
    *id = made;
    return NULL;
}

err members_settle(struct arena *a, struct session *s, const str *ids, size_t count)
{
    TRY(session_policy_changed(a, s));
    for (size_t i = 0; i < count; i++) {
        int64_t n;
        int64_t created_us;
        TRY(org_number(a, s, ids[i], &n, &created_us));
        TRY(show_or_hide(a, s, ids[i], created_us, true));
    }
    return NULL;
}

err members_add(struct arena *a, struct session *s, const struct member_org *org, str *id)
{
    str made;
    TRY(members_insert(a, s, org, &made));
    TRY(members_settle(a, s, &made, 1));
    *id = made;
    return NULL;
}

err members_edit(struct arena *a, struct session *s, str given, const struct member_org *org)
{
    str id = arena_copy(a, given); /* it may belong to the policy that is about to be replaced */
    int64_t n;
    int64_t created_us;
    TRY(org_number(a, s, id, &n, &created_us));
    TRY(check_org(a, s, id, org));
    const struct policy_org *before = policy_org(s->policy, n);
    bool is_changed = !str_eq(before->name, org->name) || !str_eq(before->sector, org->sector);
    TRY(db_run(a, s->db,
               "UPDATE org SET name = ?1, sector = ?2, ceiling = ?3, status = ?4, note = ?5 "
               "WHERE n = ?6",
               DB_ARGS(db_text(org->name), db_text(org->sector), db_int(org->ceiling),
                       db_text(org->status), db_text(org->note), db_int(n))));
    TRY(put_jurisdictions(a, s, n, org));
    TRY(session_policy_changed(a, s));
    return show_or_hide(a, s, id, created_us, is_changed);
}

err members_get(struct arena *a, struct session *s, str id, struct member_org *out,
                bool *is_suspended)
{
    const struct policy_org *org = policy_org_by_id(s->policy, id);
    if (org == NULL)
        return FAIL(a, ERR_NOT_FOUND, "there is no organization %.*s; see: tocsin org list",
                    STR_ARG(id));
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT note FROM org WHERE n = ?1", DB_ARGS(db_int(org->n)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    str *codes = NEW_ARRAY(a, org->jurisdiction_count, str);
    for (size_t i = 0; i < org->jurisdiction_count; i++)
        codes[i] = arena_copy(a, org->jurisdictions[i]);
    *out = (struct member_org){
        .name = arena_copy(a, org->name),
        .sector = arena_copy(a, org->sector),
        .ceiling = org->ceiling,
        .status = arena_copy(a, org->status),
        .note = has_row ? arena_copy(a, db_get_text(&q, 0)) : (str){0},
        .jurisdictions = codes,
        .jurisdiction_count = org->jurisdiction_count,
        .is_group = org->is_group,
        .is_steward = org->is_steward,
    };
    *is_suspended = org->is_suspended;
    return NULL;
}

err members_suspend(struct arena *a, struct session *s, str given, bool is_suspended)
{
    str id = arena_copy(a, given);
    int64_t n;
    int64_t created_us;
    TRY(org_number(a, s, id, &n, &created_us));
    const struct policy_org *org = policy_org(s->policy, n);
    if (is_suspended && org->is_steward)
        return FAIL(a, ERR_CONFLICT, "the steward's organization cannot be suspended");
    TRY(db_run(a, s->db, "UPDATE org SET is_suspended = ?1 WHERE n = ?2",
               DB_ARGS(db_int(is_suspended), db_int(n))));
    TRY(session_policy_changed(a, s));
    return show_or_hide(a, s, id, created_us, false);
}

err members_insert_link(struct arena *a, struct session *s, str id, str kind, str other)
{
    static const str KINDS[] = {LIT_INIT("member-of"), LIT_INIT("part-of"), LIT_INIT("owned-by")};
    bool is_kind = false;
    for (size_t i = 0; i < sizeof(KINDS) / sizeof(KINDS[0]); i++)
        is_kind |= str_eq(KINDS[i], kind);
    if (!is_kind)
        return FAIL(a, ERR_USAGE, "'%.*s' is no link; it is member-of or part-of", STR_ARG(kind));
    if (str_eq(id, other))
        return FAIL(a, ERR_USAGE, "an organization cannot be linked to itself");
    int64_t from;
    int64_t to;
    int64_t created_us;
    TRY(org_number(a, s, id, &from, &created_us));
    TRY(org_number(a, s, other, &to, &created_us));
    TRY(db_run(a, s->db, "INSERT OR IGNORE INTO org_link (org, kind, other) VALUES (?1, ?2, ?3)",
               DB_ARGS(db_int(from), db_text(kind), db_int(to))));
    return NULL;
}

err members_remove_link(struct arena *a, struct session *s, str id, str kind, str other)
{
    int64_t from;
    int64_t to;
    int64_t created_us;
    TRY(org_number(a, s, id, &from, &created_us));
    TRY(org_number(a, s, other, &to, &created_us));
    return db_run(a, s->db, "DELETE FROM org_link WHERE org = ?1 AND kind = ?2 AND other = ?3",
                  DB_ARGS(db_int(from), db_text(kind), db_int(to)));
}

err members_link(struct arena *a, struct session *s, str id, str kind, str other)
{
    TRY(members_insert_link(a, s, id, kind, other));
    return session_policy_changed(a, s);
}

err members_links(struct arena *a, struct session *s, str id, struct member_links *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT l.kind, o.id FROM org_link l JOIN org o ON o.n = l.other "
                 "WHERE l.org = (SELECT n FROM org WHERE id = ?1) ORDER BY l.kind, o.name",
                 DB_ARGS(db_text(id)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = (struct member_link){arena_copy(a, db_get_text(&q, 0)),
                                                 arena_copy(a, db_get_text(&q, 1))};
    return NULL;
}

static err list_pairs(struct arena *a, struct session *s, const char *sql, struct member_pairs *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, sql, DB_NO_ARGS, &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = (struct member_pair){arena_copy(a, db_get_text(&q, 0)),
                                                 arena_copy(a, db_get_text(&q, 1))};
    return NULL;
}

err members_all_links(struct arena *a, struct session *s, struct member_pairs *out)
{
    return list_pairs(a, s,
                      "SELECT m.id, o.id FROM org_link l JOIN org m ON m.n = l.org "
                      "JOIN org o ON o.n = l.other WHERE l.kind IN ('member-of', 'part-of')",
                      out);
}

err members_notes(struct arena *a, struct session *s, struct member_pairs *out)
{
    return list_pairs(a, s, "SELECT id, note FROM org WHERE note <> '' AND status <> 'member'",
                      out);
}

err members_create_first(struct arena *a, struct session *s, str name)
{
    TRY(db_run(a, s->db,
               "INSERT INTO collection (id, alias, title, description, default_tlp, is_builtin, "
               "created) VALUES (?1, 'members', 'Members', ?2, ?3, 1, ?4)",
               DB_ARGS(db_text(uuid_random(a)),
                       db_text(LIT("The organizations of this exchange and the markings in use.")),
                       db_int(TLP_GREEN), db_int(s->now_us))));
    TRY(db_run(a, s->db,
               "INSERT INTO collection (id, alias, title, description, default_tlp, is_builtin, "
               "created) VALUES (?1, 'briefings', 'Briefings', ?2, ?3, 2, ?4)",
               DB_ARGS(db_text(uuid_random(a)),
                       db_text(LIT("Joint briefings, and what became of them.")), db_int(TLP_AMBER),
                       db_int(s->now_us))));
    const struct member_org steward = {.name = name,
                                       .sector = LIT("other"),
                                       .ceiling = TLP_RED,
                                       .status = LIT("member"),
                                       .is_steward = true};
    str id;
    TRY(members_add(a, s, &steward, &id));
    for (size_t i = 0; i < MARKING_BUILTIN_COUNT; i++)
        TRY(append_object(a, s, MARKING_BUILTINS[i].bytes));
    return NULL;
}

err members_put_exercise(struct arena *a, struct session *s)
{
    return append_object(a, s, MARKING_EXERCISE_DEFINITION);
}
