/*
 * Groups (B7): what several own is contributed by an identity made for it. Its owners stand in the
 * policy, and are told to whoever may read what the group contributes.
 */
#include "base/uuid.h"
#include "service/briefing_parts.h"
#include "store/members.h"

err group_reader(struct arena *a, struct session *s, int64_t group, struct reader *out)
{
    return reader_make(a, s, policy_org(s->policy, group), NULL, NULL, out);
}

bool group_is_owned_by(const struct reader *r, int64_t group)
{
    for (size_t i = 0; i < r->gate.group_count; i++) {
        if (r->gate.groups[i] == group)
            return true;
    }
    return false;
}

err briefing_get_as_group(struct arena *a, struct session *s, str id, struct reader *group,
                          struct briefing *out)
{
    struct log_entries entries = {0};
    TRY(log_entries_of(a, s, id, s->policy->briefings, &entries));
    if (entries.count == 0)
        return FAIL(a, ERR_NOT_FOUND, "there is no such briefing");
    TRY(group_reader(a, s, entries.items[0].contributor, group));
    return briefing_get(a, s, group, id, out);
}

void group_owners(struct arena *a, const struct session *s, int64_t group, struct stix_strs *out)
{
    for (size_t i = 0; i < s->policy->org_count; i++) {
        const struct policy_org *org = &s->policy->orgs[i];
        for (size_t k = 0; k < org->group_count; k++) {
            if (org->groups[k] == group)
                *LIST_ADD(a, out) = arena_copy(a, org->id);
        }
    }
}

/* "A", "A and B", "A, B and C". */
static str names_of(struct arena *a, const struct session *s, const struct stix_strs *owners)
{
    str names = {0};
    for (size_t i = 0; i < owners->count; i++) {
        const struct policy_org *org = policy_org_by_id(s->policy, owners->items[i]);
        str gap = i == 0 ? (str){0} : i + 1 == owners->count ? LIT(" and ") : LIT(", ");
        names = arena_join(a, names, gap, org ? org->name : LIT("an organization"));
    }
    return names;
}

str briefing_source(struct arena *a, const struct session *s, int64_t contributor)
{
    const struct policy_org *org = policy_org(s->policy, contributor);
    struct stix_strs owners = {0};
    if (org == NULL)
        return (str){0};
    if (!org->is_group)
        return arena_copy(a, org->name);
    group_owners(a, s, contributor, &owners);
    return names_of(a, s, &owners);
}

void batch_put_group(struct batch *b, const struct policy_org *group,
                     const struct stix_strs *owners, str marking, int64_t modified_us)
{
    const struct object_head head = {.type = "identity",
                                     .id = group->id,
                                     .created_by = group->id,
                                     .modified_us = modified_us,
                                     .label = TLP_GREEN,
                                     .markings = {marking}};
    struct json_writer *w = batch_open(b, &head);
    json_member(w, "name", names_of(b->a, b->s, owners));
    json_member(w, "identity_class", LIT("group"));
    json_key(w, LIT("extensions"));
    json_open_object(w);
    json_key(w, LIT(GROUP_EXTENSION));
    json_open_object(w);
    json_member(w, "extension_type", LIT("property-extension"));
    put_texts(w, "owner_refs", owners);
    json_close_object(w);
    json_close_object(w);
    batch_close(b, &head);
}

static err link_owners(struct arena *a, struct session *s, str id, const struct stix_strs *owners)
{
    for (size_t i = 0; i < owners->count; i++)
        TRY(members_insert_link(a, s, id, LIT("owned-by"), owners->items[i]));
    return NULL;
}

err group_make(struct arena *a, struct session *s, const struct stix_strs *owners, bool is_exercise,
               int64_t *group)
{
    str id;
    const struct member_org org = {
        /* A name is unique and never shown; the identity has the owners' names. */
        .name = arena_join(a, LIT("Hosts "), uuid_random(a), (str){0}),
        .sector = LIT("other"),
        .ceiling = TLP_RED,
        .status = LIT("member"),
        .is_group = true,
        .is_exercise = is_exercise,
    };
    if (is_exercise)
        TRY(members_put_exercise(a, s));
    TRY(members_insert(a, s, &org, &id));
    TRY(link_owners(a, s, id, owners));
    TRY(session_policy_changed(a, s));
    const struct policy_org *made = policy_org_by_id(s->policy, id);
    ASSERT(made);
    *group = made->n;

    struct reader reader;
    TRY(group_reader(a, s, made->n, &reader));
    OWNED(batch_done) struct batch b;
    batch_init(&b, a, s, &reader, made->n);
    struct named_spec hosts = {.id = hosts_marking(a, s, id),
                               .created_by = id,
                               .name = LIT("The hosts"),
                               .organizations = {&id, 1, 1}};
    batch_put_audience(&b, &hosts);
    batch_put_group(&b, made, owners, hosts.id, 0);
    return batch_append(&b);
}
