/*
 * Reading, listing and revoking tokens, certificates among them.
 */
#include "cli/token_verbs.h"

#include "base/clock.h"
#include "cli/record.h"
#include "cli/values.h"
#include "store/store.h"

err token_verbs_read(struct arena *a, const struct cli *cli, struct admin_token *out)
{
    struct value_list collections = values_of(a, cli, "collection");
    struct admin_token token = {.org = cli_value(cli, "org"),
                                .person = cli_value(cli, "person"),
                                .name = cli_value(cli, "name"),
                                .is_read_only = cli_has(cli, "read-only"),
                                .collections = collections.items,
                                .collection_count = collections.count};
    TRY(values_end(a, cli_value(cli, "expires"), clock_now_us(), &token.expires_us));
    *out = token;
    return NULL;
}

static str state_of(const struct session *s, const struct policy_token *t)
{
    if (t->is_revoked)
        return LIT("revoked");
    if (policy_is_over(t->expires_us, s->now_us))
        return LIT("expired");
    return t->is_read_only ? LIT("read-only") : LIT("in force");
}

static void put_collections(struct arena *a, const struct policy *p, const struct policy_token *t,
                            struct record *r)
{
    str *ids = NEW_ARRAY(a, t->collection_count, str);
    size_t count = 0;
    for (size_t i = 0; i < t->collection_count; i++) {
        const struct policy_collection *c = policy_collection(p, (uint32_t)t->collections[i]);
        if (c)
            ids[count++] = arena_copy(a, c->alias.len ? c->alias : c->id);
    }
    record_list(r, "collections", ids, count);
}

static void put_token(struct arena *a, const struct session *s, const struct policy_token *t,
                      struct record *r)
{
    const struct policy_org *org = policy_org(s->policy, t->org);
    const struct policy_person *person = t->person ? policy_person(s->policy, t->person) : NULL;
    record_text(r, "id", arena_copy(a, t->id));
    record_text(r, "name", arena_copy(a, t->name));
    record_text(r, "organization", org ? arena_copy(a, org->name) : (str){0});
    record_text(r, "org", org ? arena_copy(a, org->id) : (str){0});
    record_json_only(r);
    record_text(r, "person", person ? arena_copy(a, person->email) : (str){0});
    record_text(r, "state", state_of(s, t));
    record_time(r, "expires", t->expires_us);
    put_collections(a, s->policy, t, r);
    if (t->is_certificate)
        record_text(r, "fingerprint", secret_hex(a, t->digest.at, t->digest.len));
}

err token_verbs_list(struct arena *a, struct cli *cli, bool is_of_certificates)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    struct records list = {.arena = a};
    for (size_t i = 0; i < s.policy->token_count; i++) {
        const struct policy_token *t = &s.policy->tokens[i];
        if (t->is_certificate == is_of_certificates)
            put_token(a, &s, t, records_add(&list));
    }
    return records_print(a, cli, &list, is_of_certificates ? "certificates" : "tokens");
}

err token_verbs_revoke(struct arena *a, struct cli *cli)
{
    struct store *store;
    str id;
    TRY(cli_store(a, cli, &store));
    TRY(admin_revoke_token(a, store, cli_argument(cli, 0), &id));
    return record_print_only_id(a, cli, id);
}
