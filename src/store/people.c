/*
 * People and their affiliations.
 */
#include "store/people.h"

#include "base/utf8.h"
#include "base/uuid.h"
#include "store/contact_changes.h"

static bool is_email(str text)
{
    size_t at = str_find_char(text, '@');
    str domain = str_skip(text, at + 1);
    bool is_split = at > 0 && domain.len > 0 && str_find_char(domain, '@') == domain.len;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c <= ' ' || c == 0x7f || c == ',' || c == ';' || c == '<' || c == '>')
            return false;
    }
    return is_split && text.len <= PEOPLE_EMAIL_BYTES_MAX && utf8_find_fault(text) == text.len;
}

err people_read_email(struct arena *a, str text, str *out)
{
    str trimmed = str_trim(text);
    if (!is_email(trimmed))
        return FAIL(a, ERR_USAGE, "'%.*s' is not an e-mail address", STR_ARG(trimmed));
    char *lower = arena_take(a, trimmed.len + 1);
    for (size_t i = 0; i < trimmed.len; i++)
        lower[i] = char_lower(trimmed.at[i]);
    lower[trimmed.len] = 0;
    *out = (str){lower, trimmed.len};
    return NULL;
}

static bool is_timezone(str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!char_is_alnum(text.at[i]) && strchr("/_+-", text.at[i]) == NULL)
            return false;
    }
    return text.len <= PEOPLE_TIMEZONE_BYTES_MAX;
}

static bool is_line(str text, size_t bytes_max)
{
    return text.len <= bytes_max && utf8_is_line(text);
}

static err refuse_timezone(struct arena *a, str timezone)
{
    return FAIL(a, ERR_USAGE, "'%.*s' is no time zone; it is a name such as America/New_York",
                STR_ARG(timezone));
}

err people_check_lines(struct arena *a, str name, str phone)
{
    if (!is_line(name, PEOPLE_NAME_BYTES_MAX))
        return FAIL(a, ERR_USAGE, "a name is one line of at most %d bytes, and all of it is seen",
                    PEOPLE_NAME_BYTES_MAX);
    if (!is_line(phone, PEOPLE_PHONE_BYTES_MAX))
        return FAIL(a, ERR_USAGE, "a phone number is one line of at most %d bytes",
                    PEOPLE_PHONE_BYTES_MAX);
    return NULL;
}

static err check_entry(struct arena *a, const struct person_entry *entry, bool is_new)
{
    if (is_new && str_trim(entry->name).len == 0)
        return FAIL(a, ERR_USAGE, "%.*s is new here, so a name is needed: --name NAME",
                    STR_ARG(entry->email));
    TRY(people_check_lines(a, entry->name, entry->phone));
    if (!is_timezone(entry->timezone))
        return refuse_timezone(a, entry->timezone);
    if (entry->roles == 0)
        return FAIL(a, ERR_USAGE, "a person needs a role: one of %s", role_words());
    return NULL;
}

static err insert_person(struct arena *a, struct session *s, const struct person_entry *entry,
                         str email)
{
    return db_run(a, s->db,
                  "INSERT INTO person (id, email, name, phone, timezone, created) "
                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                  DB_ARGS(db_text(uuid_random_id(a, LIT("identity"))), db_text(email),
                          db_text(str_trim(entry->name)), db_text(str_trim(entry->phone)),
                          db_text(entry->timezone), db_int(s->now_us)));
}

static err write_ceiling(struct arena *a, struct session *s, int64_t person, int64_t org,
                         enum tlp ceiling)
{
    return db_run(a, s->db, "UPDATE affiliation SET ceiling = ?1 WHERE person = ?2 AND org = ?3",
                  DB_ARGS(db_int(ceiling), db_int(person), db_int(org)));
}

static err put_affiliation(struct arena *a, struct session *s, int64_t person,
                           const struct person_entry *entry)
{
    return db_run(a, s->db,
                  "INSERT INTO affiliation (person, org, roles) VALUES (?1, ?2, ?3) "
                  "ON CONFLICT (person, org) DO UPDATE SET roles = excluded.roles",
                  DB_ARGS(db_int(person), db_int(entry->org), db_int(entry->roles)));
}

static err write_password(struct arena *a, struct session *s, int64_t person, str password)
{
    return db_run(a, s->db, "UPDATE person SET password = ?1 WHERE n = ?2",
                  DB_ARGS(db_text(password), db_int(person)));
}

/* By e-mail in lower case; `out->n` is 0 where there is none. */
static err find_row(struct arena *a, struct session *s, str email, struct person_made *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, "SELECT n, id FROM person WHERE email = ?1", DB_ARGS(db_text(email)),
                 &q));
    TRY(db_next(a, &q, &has_row));
    *out = (struct person_made){.n = has_row ? db_get_int(&q, 0) : 0,
                                .id = has_row ? arena_copy(a, db_get_text(&q, 1)) : (str){0}};
    return NULL;
}

err people_insert(struct arena *a, struct session *s, const struct person_entry *entry,
                  struct person_made *out)
{
    str email;
    struct person_made made;
    TRY(people_read_email(a, entry->email, &email));
    TRY(contact_changes_settle(a, s, email));
    TRY(find_row(a, s, email, &made));
    bool is_new = made.n == 0;
    TRY(check_entry(a, entry, is_new));
    if (is_new) {
        TRY(insert_person(a, s, entry, email));
        TRY(find_row(a, s, email, &made));
        ASSERT(made.n != 0);
    }
    TRY(put_affiliation(a, s, made.n, entry));
    if (entry->has_own_ceiling)
        TRY(write_ceiling(a, s, made.n, entry->org, entry->own_ceiling));
    if (entry->password.len)
        TRY(write_password(a, s, made.n, entry->password));
    made.is_new = is_new;
    *out = made;
    return NULL;
}

err people_intern(struct arena *a, struct session *s, int64_t person, int64_t org)
{
    struct reader reader;
    TRY(reader_make(a, s, policy_org(s->policy, org), policy_person(s->policy, person), NULL,
                    &reader));
    return reader_intern_actor(a, s, &reader);
}

err people_add(struct arena *a, struct session *s, const struct person_entry *entry, str *id,
               bool *is_new)
{
    struct person_made made;
    TRY(people_insert(a, s, entry, &made));
    TRY(session_policy_changed(a, s));
    TRY(people_intern(a, s, made.n, entry->org));
    *id = made.id;
    *is_new = made.is_new;
    return NULL;
}

err people_find(struct arena *a, const struct session *s, str key, const struct policy_person **out)
{
    const struct policy_person *person = map_get(&s->policy->person_by_id, key);
    if (person == NULL) {
        str lower;
        TRY(people_read_email(a, key, &lower));
        person = policy_person_by_email(s->policy, lower);
    }
    if (person == NULL)
        return FAIL(a, ERR_NOT_FOUND, "nobody here has the e-mail %.*s; see: tocsin person list",
                    STR_ARG(key));
    *out = person;
    return NULL;
}

err people_set_ceiling(struct arena *a, struct session *s, int64_t person, int64_t org,
                       enum tlp ceiling)
{
    TRY(write_ceiling(a, s, person, org, ceiling));
    return session_policy_changed(a, s);
}

err people_leave(struct arena *a, struct session *s, int64_t person, int64_t org)
{
    TRY(db_run(a, s->db, "DELETE FROM duty WHERE person = ?1 AND org = ?2",
               DB_ARGS(db_int(person), db_int(org))));
    TRY(db_run(a, s->db, "DELETE FROM affiliation WHERE person = ?1 AND org = ?2",
               DB_ARGS(db_int(person), db_int(org))));
    return session_policy_changed(a, s);
}

err people_suspend(struct arena *a, struct session *s, int64_t person, bool is_suspended)
{
    TRY(db_run(a, s->db, "UPDATE person SET is_suspended = ?1 WHERE n = ?2",
               DB_ARGS(db_int(is_suspended), db_int(person))));
    return session_policy_changed(a, s);
}

err people_set_password(struct arena *a, struct session *s, int64_t person, str password)
{
    TRY(write_password(a, s, person, password));
    return session_policy_changed(a, s);
}

err people_set_timezone(struct arena *a, struct session *s, int64_t person, str timezone)
{
    if (!is_timezone(timezone))
        return refuse_timezone(a, timezone);
    return db_run(a, s->db, "UPDATE person SET timezone = ?1 WHERE n = ?2",
                  DB_ARGS(db_text(timezone), db_int(person)));
}

err people_contact(struct arena *a, struct session *s, int64_t person, struct person_contact *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT coalesce(c.phone, p.phone), p.timezone FROM person p " CONTACT_CHANGES_JOIN
                 "WHERE p.n = ?2",
                 DB_ARGS(db_int(s->now_us), db_int(person)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_NOT_FOUND, "there is no such person");
    *out = (struct person_contact){arena_copy(a, db_get_text(&q, 0)),
                                   arena_copy(a, db_get_text(&q, 1))};
    return NULL;
}
