/*
 * The table of duty officers.
 */
#include "store/duty.h"

#define DUTY_NAME(word, name) LIT_INIT(name),
static const str NAMES[] = {DUTIES(DUTY_NAME)};

str duty_name(unsigned duty)
{
    ASSERT(duty < DUTY_COUNT);
    return NAMES[duty];
}

bool duty_read(str text, enum duty *out)
{
    for (unsigned i = 0; i < DUTY_COUNT; i++) {
        if (str_eq(NAMES[i], text)) {
            *out = (enum duty)i;
            return true;
        }
    }
    return false;
}

const char *duty_words(void)
{
    return "primary, stand-in, after-hours";
}

err duty_put(struct arena *a, struct session *s, const struct duty_entry *entry)
{
    ASSERT(s->is_write);
    return db_run(a, s->db,
                  "INSERT INTO duty (person, org, duty, verified, verified_by) "
                  "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (person, org, duty) DO UPDATE "
                  "SET verified = excluded.verified, verified_by = excluded.verified_by",
                  DB_ARGS(db_int(entry->person), db_int(entry->org), db_int(entry->duty),
                          entry->verified_us ? db_int(entry->verified_us) : db_null(),
                          db_text(entry->verified_by)));
}

err duty_take(struct arena *a, struct session *s, const struct duty_entry *entry)
{
    ASSERT(s->is_write);
    TRY(db_run(a, s->db, "DELETE FROM duty WHERE person = ?1 AND org = ?2 AND duty = ?3",
               DB_ARGS(db_int(entry->person), db_int(entry->org), db_int(entry->duty))));
    if (db_changes(s->db) == 0)
        return FAIL(a, ERR_NOT_FOUND, "the person has no duty '%.*s' there",
                    STR_ARG(duty_name(entry->duty)));
    return NULL;
}

err duty_list(struct arena *a, struct session *s, int64_t org, struct duty_entries *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT d.person, d.org, d.duty, coalesce(d.verified, 0), d.verified_by, "
                 "p.timezone FROM duty d JOIN person p ON p.n = d.person "
                 "WHERE ?1 = 0 OR d.org = ?1 ORDER BY d.org, d.duty, d.person",
                 DB_ARGS(db_int(org)), &q));
    DB_ROWS(a, &q) {
        int64_t duty = db_get_int(&q, 2);
        if (duty < 0 || duty >= DUTY_COUNT)
            return FAIL(a, ERR_CORRUPT, "table duty holds a duty of no name");
        *LIST_ADD(a, out) = (struct duty_entry){
            .person = db_get_int(&q, 0),
            .org = db_get_int(&q, 1),
            .duty = (enum duty)duty,
            .verified_us = db_get_int(&q, 3),
            .verified_by = arena_copy(a, db_get_text(&q, 4)),
            .timezone = arena_copy(a, db_get_text(&q, 5)),
        };
    }
    return NULL;
}
