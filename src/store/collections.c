/*
 * Collections.
 */
#include "store/collections.h"

#include "base/utf8.h"
#include "base/uuid.h"

static bool is_text(str text, size_t bytes_max)
{
    return text.len <= bytes_max && utf8_find_fault(text) == text.len;
}

/* An alias stands in URLs. */
static bool is_alias(str alias)
{
    for (size_t i = 0; i < alias.len; i++) {
        if (!char_is_alnum(alias.at[i]) && strchr("-_.", alias.at[i]) == NULL)
            return false;
    }
    return alias.len <= COLLECTIONS_ALIAS_BYTES_MAX;
}

static err check_free(struct arena *a, const struct session *s, str key, uint32_t self)
{
    const struct policy_collection *taken =
        key.len ? policy_collection_by_key(s->policy, key) : NULL;
    if (taken && taken->n != self)
        return FAIL(a, ERR_CONFLICT, "there is already a collection %.*s ('%.*s')", STR_ARG(key),
                    STR_ARG(taken->title));
    return NULL;
}

static err check_entry(struct arena *a, const struct session *s,
                       const struct collection_entry *entry, uint32_t self)
{
    if (str_trim(entry->title).len == 0 || !is_text(entry->title, COLLECTIONS_TITLE_BYTES_MAX) ||
        !utf8_is_line(entry->title))
        return FAIL(a, ERR_USAGE,
                    "a collection needs a title of 1 to %d bytes in one line, all of it seen",
                    COLLECTIONS_TITLE_BYTES_MAX);
    if (!is_text(entry->description, COLLECTIONS_DESCRIPTION_BYTES_MAX))
        return FAIL(a, ERR_USAGE, "a description has at most %d bytes",
                    COLLECTIONS_DESCRIPTION_BYTES_MAX);
    if (!is_alias(entry->alias) || uuid_read(entry->alias, NULL))
        return FAIL(a, ERR_USAGE,
                    "'%.*s' is no alias: at most %d letters, digits, '-', '_' and "
                    "'.', and not a UUID",
                    STR_ARG(entry->alias), COLLECTIONS_ALIAS_BYTES_MAX);
    return check_free(a, s, entry->alias, self);
}

static struct db_value publisher_value(const struct collection_entry *entry)
{
    return entry->publisher ? db_int(entry->publisher) : db_null();
}

/* STIX and TAXII compare ids by bytes, so that they are kept in lower case. */
static err read_id(struct arena *a, str text, str *out)
{
    if (text.len == 0) {
        *out = uuid_random(a);
        return NULL;
    }
    if (!uuid_read(text, NULL))
        return FAIL(a, ERR_USAGE, "'%.*s' is no UUID; leave --id away for a new one",
                    STR_ARG(text));
    char *lower = arena_take(a, text.len);
    for (size_t i = 0; i < text.len; i++)
        lower[i] = char_lower(text.at[i]);
    *out = (str){lower, text.len};
    return NULL;
}

err collections_add(struct arena *a, struct session *s, const struct collection_entry *entry,
                    str *id)
{
    str made;
    TRY(read_id(a, entry->id, &made));
    TRY(check_entry(a, s, entry, 0));
    TRY(check_free(a, s, made, 0));
    TRY(db_run(a, s->db,
               "INSERT INTO collection (id, alias, title, description, default_tlp, is_public, "
               "publisher, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
               DB_ARGS(db_text(made), db_text_or_null(entry->alias),
                       db_text(str_trim(entry->title)), db_text(entry->description),
                       db_int(entry->default_tlp), db_int(entry->is_public), publisher_value(entry),
                       db_int(s->now_us))));
    TRY(session_policy_changed(a, s));
    *id = made;
    return NULL;
}

err collections_edit(struct arena *a, struct session *s, uint32_t collection,
                     const struct collection_entry *entry)
{
    const struct policy_collection *c = policy_collection(s->policy, collection);
    if (c == NULL)
        return FAIL(a, ERR_NOT_FOUND, "there is no such collection; see: tocsin collection list");
    if (c->is_builtin)
        return FAIL(a, ERR_CONFLICT, "the built-in collection %.*s cannot be edited",
                    STR_ARG(c->title));
    TRY(check_entry(a, s, entry, collection));
    TRY(db_run(a, s->db,
               "UPDATE collection SET alias = ?1, title = ?2, description = ?3, default_tlp = ?4, "
               "is_public = ?5, publisher = ?6 WHERE n = ?7",
               DB_ARGS(db_text_or_null(entry->alias), db_text(str_trim(entry->title)),
                       db_text(entry->description), db_int(entry->default_tlp),
                       db_int(entry->is_public), publisher_value(entry), db_int(collection))));
    return session_policy_changed(a, s);
}

err collections_find(struct arena *a, const struct session *s, str key,
                     const struct policy_collection **out)
{
    const struct policy_collection *c = policy_collection_by_key(s->policy, key);
    for (size_t i = 0; c == NULL && i < s->policy->collection_count; i++) {
        if (str_eq(s->policy->collections[i].title, key))
            c = &s->policy->collections[i];
    }
    if (c == NULL)
        return FAIL(a, ERR_NOT_FOUND, "there is no collection '%.*s'; see: tocsin collection list",
                    STR_ARG(key));
    *out = c;
    return NULL;
}
