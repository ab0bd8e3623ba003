/*
 * The small exchange.
 */
#include "exchange.h"

#include "base/uuid.h"
#include "store/collections.h"
#include "store/grants.h"
#include "store/people.h"
#include "store/pool.h"
#include "store/tokens.h"

#include <unistd.h>

void must(struct exchange *x, err e)
{
    if (e)
        fail_msg("%s", error_text(&x->arena, e).at);
}

void must_fail(struct exchange *x, err e, enum err_code code)
{
    if (e == NULL)
        fail_msg("it was to fail as \"%s\"", error_type(code));
    if (e->code != code)
        fail_msg("not \"%s\": %s", error_type(code), error_text(&x->arena, e).at);
}

void assert_str_text(str got, const char *expected, const char *file, int line)
{
    if (str_eq(got, str_of(expected)))
        return;
    print_error("got      \"%.*s\"\nexpected \"%s\"\n", STR_ARG(got), expected);
    _fail(file, line);
}

/* ---- members */

struct who exchange_org(struct exchange *x, const char *name, const char *sector, enum tlp ceiling,
                        const char *jurisdiction)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    str codes[] = {str_of(jurisdiction)};
    const struct member_org org = {.name = str_of(name),
                                   .sector = str_of(sector),
                                   .ceiling = ceiling,
                                   .status = LIT("member"),
                                   .jurisdictions = codes,
                                   .jurisdiction_count = jurisdiction ? 1 : 0};
    str id;
    must(x, members_add(&x->arena, &s, &org, &id));
    struct who made = {.org = policy_org_by_id(s.policy, id)->n};
    must(x, session_commit(&x->arena, &s));
    return made;
}

struct who exchange_person(struct exchange *x, struct who org, const char *email, unsigned roles)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    const struct person_entry entry = {
        .email = str_of(email), .name = str_of(email), .org = org.org, .roles = roles};
    str id;
    bool is_new;
    must(x, people_add(&x->arena, &s, &entry, &id, &is_new));
    struct who made = {.org = org.org};
    const struct policy_person *person = policy_person_by_email(s.policy, str_of(email));
    assert_non_null(person);
    made.person = person->n;
    must(x, session_commit(&x->arena, &s));
    return made;
}

struct who exchange_token(struct exchange *x, struct who who, uint32_t collection)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    const struct token_entry entry = {.name = LIT("test"),
                                      .digest = uuid_random(&x->arena),
                                      .org = who.org,
                                      .person = who.person,
                                      .collections = &collection,
                                      .collection_count = collection ? 1 : 0};
    str id;
    must(x, tokens_add(&x->arena, &s, &entry, &id));
    struct who made = who;
    must(x, db_query_int(&x->arena, s.db, "SELECT max(n) FROM token", DB_NO_ARGS, 0, &made.token));
    must(x, session_commit(&x->arena, &s));
    return made;
}

uint32_t exchange_collection(struct exchange *x, const char *alias, enum tlp default_tlp,
                             bool is_public)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    const struct collection_entry entry = {.alias = str_of(alias),
                                           .title = str_of(alias),
                                           .default_tlp = default_tlp,
                                           .is_public = is_public};
    str id;
    must(x, collections_add(&x->arena, &s, &entry, &id));
    uint32_t n = policy_collection_by_key(s.policy, id)->n;
    must(x, session_commit(&x->arena, &s));
    return n;
}

static str org_id(struct exchange *x, struct session *s, struct who who)
{
    return arena_copy(&x->arena, policy_org(s->policy, who.org)->id);
}

void exchange_grant(struct exchange *x, uint32_t collection, struct who org, bool may_read,
                    bool may_write)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    const struct grant_entry grant = {.collection = collection,
                                      .subject = org_id(x, &s, org),
                                      .may_read = may_read,
                                      .may_write = may_write};
    must(x, grants_put(&x->arena, &s, &grant));
    must(x, session_commit(&x->arena, &s));
}

str exchange_id_of(struct exchange *x, struct who who)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    if (who.token)
        return arena_copy(&x->arena, policy_token(s.policy, who.token)->id);
    if (who.person)
        return arena_copy(&x->arena, policy_person(s.policy, who.person)->id);
    return org_id(x, &s, who);
}

void exchange_sql(struct exchange *x, const char *sql)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    must(x, db_run_script(&x->arena, s.db, str_of(sql)));
    must(x, session_commit(&x->arena, &s));
}

int64_t exchange_number(struct exchange *x, const char *sql)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    int64_t n;
    must(x, db_query_int(&x->arena, s.db, sql, DB_NO_ARGS, -1, &n));
    return n;
}

#define PUBLISHER (1u << ROLE_PUBLISHER)

static void fill(struct exchange *x)
{
    x->k = exchange_collection(x, "k", TLP_AMBER, false);
    x->fed = exchange_org(x, "Fed", "federal", TLP_RED, NULL);
    x->plat = exchange_org(x, "Plat", "platform", TLP_RED, NULL);
    x->ohio = exchange_org(x, "Ohio", "state", TLP_RED, "us-39");
    x->county = exchange_org(x, "County", "local", TLP_RED, "us-39-c035");
    x->low = exchange_org(x, "Low", "research", TLP_GREEN, NULL);
    x->out = exchange_org(x, "Out", "vendor", TLP_RED, NULL);
    const struct who holders[] = {x->fed, x->plat, x->ohio, x->county, x->low};
    for (size_t i = 0; i < sizeof(holders) / sizeof(holders[0]); i++)
        exchange_grant(x, x->k, holders[i], true, true);
    x->f1 = exchange_person(x, x->fed, "f1@fed.example", PUBLISHER);
    x->f2 = exchange_person(x, x->fed, "f2@fed.example", PUBLISHER);
    x->p1 = exchange_person(x, x->plat, "p1@plat.example", PUBLISHER);
}

int exchange_init(void **state)
{
    struct exchange *x = calloc(1, sizeof(*x));
    assert_non_null(x);
    snprintf(x->folder, sizeof(x->folder), "/tmp/tocsin-store-XXXXXX");
    assert_non_null(mkdtemp(x->folder));
    x->dir = arena_print(&x->arena, "%s/data", x->folder);
    const struct store_init init = {.dir = x->dir, .name = LIT("Test exchange")};
    must(x, store_create(&x->arena, &init));
    must(x, store_open(&x->arena, x->dir, &x->store));
    fill(x);
    *state = x;
    return 0;
}

int exchange_done(void **state)
{
    struct exchange *x = *state;
    store_close(x->store);
    str remove = arena_print(&x->arena, "rm -r %s", x->folder);
    int code = system(remove.at);
    arena_done(&x->arena);
    free(x);
    return code;
}

struct store *exchange_second(struct exchange *x)
{
    struct store *second;
    must(x, store_open(&x->arena, x->dir, &second));
    return second;
}

/* ---- objects */

str id_of(struct exchange *x, const char *type, unsigned n)
{
    return arena_print(&x->arena, "%s--00000000-0000-4000-8000-%012x", type, n);
}

str thing(struct exchange *x, const char *type, unsigned n, unsigned version, str more)
{
    str id = id_of(x, type, n);
    if (version == 0)
        return arena_print(&x->arena,
                           "{\"type\":\"%s\",\"spec_version\":\"2.1\",\"id\":\"%.*s\"%.*s}", type,
                           STR_ARG(id), STR_ARG(more));
    return arena_print(&x->arena,
                       "{\"type\":\"%s\",\"spec_version\":\"2.1\",\"id\":\"%.*s\","
                       "\"created\":\"2018-08-01T00:00:00.000Z\","
                       "\"modified\":\"2018-08-%02uT00:00:00.000Z\"%.*s}",
                       type, STR_ARG(id), version, STR_ARG(more));
}

str thing_with(struct exchange *x, const char *type, unsigned n, unsigned version, const char *more,
               ...)
{
    va_list args;
    va_start(args, more);
    str text = arena_vprint(&x->arena, more, args);
    va_end(args);
    return thing(x, type, n, version, text);
}

str marked(struct exchange *x, enum tlp label)
{
    return arena_print(&x->arena, ",\"object_marking_refs\":[\"%.*s\"]",
                       STR_ARG(tlp_marking_id(label)));
}

str marked_for(struct exchange *x, enum tlp label, unsigned n)
{
    str id = id_of(x, "marking-definition", n);
    return arena_print(&x->arena, ",\"object_marking_refs\":[\"%.*s\",\"%.*s\"]",
                       STR_ARG(tlp_marking_id(label)), STR_ARG(id));
}

str audience_definition(struct exchange *x, unsigned n, const char *lists, ...)
{
    va_list args;
    va_start(args, lists);
    str text = arena_vprint(&x->arena, lists, args);
    va_end(args);
    str id = id_of(x, "marking-definition", n);
    return arena_print(&x->arena,
                       "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"%.*s\","
                       "\"created\":\"2018-08-01T00:00:00.000Z\",\"name\":\"audience %u\","
                       "\"extensions\":{\"" MARKING_AUDIENCE_EXTENSION
                       "\":{\"extension_type\":\"property-extension\",%.*s}}}",
                       STR_ARG(id), n, STR_ARG(text));
}

str from_to(struct exchange *x, str source, str target)
{
    return arena_print(&x->arena,
                       ",\"relationship_type\":\"related-to\",\"source_ref\":\"%.*s\","
                       "\"target_ref\":\"%.*s\"",
                       STR_ARG(source), STR_ARG(target));
}

/* ---- writing */

struct reader reader_for(struct exchange *x, struct session *s, struct who who)
{
    struct reader r;
    must(x, reader_make(&x->arena, s, who.org ? policy_org(s->policy, who.org) : NULL,
                        who.person ? policy_person(s->policy, who.person) : NULL,
                        who.token ? policy_token(s->policy, who.token) : NULL, &r));
    return r;
}

static size_t read_items(struct exchange *x, json objects, struct log_item **out)
{
    size_t count = 0;
    for (struct json_walk w = json_walk(objects); json_next(&w);)
        count++;
    struct log_item *items = NEW_ARRAY(&x->arena, count, struct log_item);
    for (struct json_walk w = json_walk(objects); json_next(&w);)
        must(x, stix_object_read(&x->arena, w.value, &items[w.index].object));
    *out = items;
    return count;
}

static str outcomes_of(struct exchange *x, const struct log_submission *sub)
{
    char *text = arena_alloc(&x->arena, sub->item_count + 1);
    for (size_t i = 0; i < sub->item_count; i++) {
        static const char LETTERS[] = {
            [LOG_PENDING] = 'P', [LOG_ADDED] = 'A', [LOG_DUPLICATE] = 'D', [LOG_REFUSED] = 'R'};
        text[i] = LETTERS[sub->items[i].outcome];
    }
    return (str){text, sub->item_count};
}

err post_with(struct exchange *x, struct posting *posting, str *outcomes)
{
    struct arena *a = &x->arena;
    str text = arena_join(a, LIT("["), posting->objects, LIT("]"));
    OWNED(json_reader_done) struct json_reader reader = {0};
    json objects;
    must(x, json_read(a, &reader, text, NULL, &objects));
    struct log_submission sub = {.contributor = posting->who.org,
                                 .collections = posting->collections,
                                 .collection_count = posting->collection_count};
    sub.item_count = read_items(x, objects, &sub.items);
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, posting->store, &s));
    struct reader r = reader_for(x, &s, posting->who);
    TRY(reader_intern_actor(a, &s, &r));
    sub.reader = &r;
    TRY(log_append(a, &s, &sub));
    for (size_t i = 0; i < sub.item_count; i++)
        posting->messages = arena_join(a, posting->messages, sub.items[i].message, LIT("\n"));
    *outcomes = outcomes_of(x, &sub);
    return posting->is_rolled_back ? NULL : session_commit(a, &s);
}

str post(struct exchange *x, struct who who, uint32_t collection, str objects)
{
    struct posting posting = {.store = x->store,
                              .who = who,
                              .collections = {collection},
                              .collection_count = 1,
                              .objects = objects};
    str outcomes;
    must(x, post_with(x, &posting, &outcomes));
    return outcomes;
}

err withdraw(struct exchange *x, struct who who, uint32_t collection, str id, size_t *withdrawn)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, who);
    const struct log_withdrawal w = {.reader = &r, .collection = collection, .id = id};
    TRY(log_withdraw(&x->arena, &s, &w, withdrawn));
    return session_commit(&x->arena, &s);
}

/* ---- reading */

/* "i1v2": the letter of the type, the number in the id, the day of the version. */
static str word_of(struct exchange *x, const struct page_row *row)
{
    unsigned n = (unsigned)strtoul(row->body.id.at + row->body.id.len - 12, NULL, 16);
    char text[CLOCK_TEXT_BYTES];
    str version = log_version_text(&row->entry, text);
    bool has_own = row->entry.flags & ENTRY_OWN_VERSION;
    unsigned day = has_own ? (unsigned)strtoul(version.at + 8, NULL, 10) : 0;
    return arena_print(&x->arena, "%c%uv%u", row->body.id.at[0], n, day);
}

static void read_page(struct exchange *x, struct session *s, const struct reader *r,
                      const struct page_query *q, struct page *page)
{
    must(x, page_read(&x->arena, s, r, q, page));
    assert_true(page->count <= q->limit);
    if (page->has_more)
        assert_int_equal(page->count, q->limit);
}

/* The pages of a query joined; each full until the last (L7), numbers rising. */
static str walk(struct exchange *x, struct session *s, const struct reader *r, struct page_query q)
{
    str text = {0};
    for (bool has_more = true; has_more;) {
        struct page page = {0};
        read_page(x, s, r, &q, &page);
        for (size_t i = 0; i < page.count; i++) {
            assert_true(page.items[i].entry.number > q.after);
            q.after = page.items[i].entry.number;
            text = arena_join(&x->arena, text, text.len ? LIT(" ") : LIT(""),
                              word_of(x, &page.items[i]));
        }
        has_more = page.has_more;
    }
    return text;
}

/* All ids there are in the collection, so that the same can be asked without views. */
static void all_ids(struct exchange *x, struct session *s, uint32_t collection, str **ids,
                    size_t *count)
{
    struct stix_strs list = {0};
    OWNED(db_query_done) struct db_query q = {0};
    must(x, db_query(&x->arena, s->db,
                     "SELECT DISTINCT b.id FROM body b JOIN entry e ON e.body = b.n "
                     "WHERE e.collection = ?1",
                     DB_ARGS(db_int(collection)), &q));
    bool has_row = true;
    for (must(x, db_next(&x->arena, &q, &has_row)); has_row;) {
        *LIST_ADD(&x->arena, &list) = arena_copy(&x->arena, db_get_text(&q, 0));
        must(x, db_next(&x->arena, &q, &has_row));
    }
    *ids = list.items;
    *count = list.count;
}

str shows_in(struct exchange *x, struct store *store, struct who who, const struct page_query *q)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, store, &s));
    struct reader r = reader_for(x, &s, who);
    struct page_query all = *q;
    all.limit = 1000;
    str text = walk(x, &s, &r, all);
    for (size_t limit = 1; limit <= 3; limit++) {
        struct page_query some = *q;
        some.limit = limit;
        assert_says(walk(x, &s, &r, some), text.len ? text.at : "");
    }
    if (q->id_count == 0) {
        str *ids;
        all_ids(x, &s, q->collection, &ids, &all.id_count);
        all.ids = ids;
        str by_ids = all.id_count ? walk(x, &s, &r, all) : (str){0};
        assert_says(by_ids, text.len ? text.at : "");
    }
    return text;
}

str shows(struct exchange *x, struct who who, uint32_t collection)
{
    const struct page_query q = {.collection = collection};
    return shows_in(x, x->store, who, &q);
}

/* ---- dumps */

static void dump_table(struct exchange *x, struct session *s, str table, struct buf *to)
{
    OWNED(db_query_done) struct db_query columns = {0};
    must(x, db_query(&x->arena, s->db,
                     "SELECT group_concat('quote(' || name || ')', '||'',''||') "
                     "FROM pragma_table_info(?1)",
                     DB_ARGS(db_text(table)), &columns));
    bool has_row;
    must(x, db_next(&x->arena, &columns, &has_row));
    str sql = arena_print(&x->arena,
                          "SELECT coalesce(group_concat(r, char(10)), '') FROM "
                          "(SELECT %.*s AS r FROM %.*s ORDER BY 1)",
                          STR_ARG(db_get_text(&columns, 0)), STR_ARG(table));
    OWNED(db_query_done) struct db_query rows = {0};
    must(x, db_query(&x->arena, s->db, sql.at, DB_NO_ARGS, &rows));
    must(x, db_next(&x->arena, &rows, &has_row));
    buf_put(to, table);
    buf_put_char(to, '\n');
    buf_put(to, db_get_text(&rows, 0));
    buf_put_char(to, '\n');
}

str exchange_dump(struct exchange *x)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    OWNED(buf_done) struct buf text;
    buf_init(&text, (size_t)16 << 20);
    OWNED(db_query_done) struct db_query q = {0};
    must(x, db_query(&x->arena, s.db,
                     "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                     "'sqlite_%' AND name NOT LIKE 'search_index%' ORDER BY name",
                     DB_NO_ARGS, &q));
    bool has_row = true;
    for (must(x, db_next(&x->arena, &q, &has_row)); has_row;) {
        dump_table(x, &s, arena_copy(&x->arena, db_get_text(&q, 0)), &text);
        must(x, db_next(&x->arena, &q, &has_row));
    }
    must(x, buf_check(&x->arena, &text));
    return arena_copy(&x->arena, buf_str(&text));
}
