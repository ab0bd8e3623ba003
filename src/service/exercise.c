/*
 * Whether something belongs to an exercise.
 */
#include "service/exercise.h"

#include "stix/marking.h"

bool exercise_holds(const struct session *s, const struct log_entry *e)
{
    return s->store->is_demo || (e->flags & ENTRY_IS_EXERCISE);
}

/* Most objects do not have the id anywhere, and are not parsed. */
bool exercise_is_marked(struct arena *a, str object)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json v;
    if (str_find(object, LIT(MARKING_EXERCISE)) == object.len ||
        json_read(a, &reader, object, NULL, &v))
        return false;
    json markings = json_get(v, LIT("object_marking_refs"));
    for (struct json_walk w = json_walk(markings); json_next(&w);) {
        if (str_eq(json_string(w.value), LIT(MARKING_EXERCISE)))
            return true;
    }
    return false;
}
