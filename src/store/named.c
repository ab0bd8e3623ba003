/*
 * The list of named audiences. A newer definition is a row of its own; older ones stay, since
 * audiences were made from them.
 */
#include "store/named.h"

err named_list(struct arena *a, struct session *s, struct named_entries *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT id, contributor, definition FROM named_audience WHERE n IN "
                 "(SELECT max(n) FROM named_audience GROUP BY id, contributor) ORDER BY n",
                 DB_NO_ARGS, &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = (struct named_entry){.id = arena_copy(a, db_get_text(&q, 0)),
                                                 .contributor = db_get_int(&q, 1),
                                                 .definition = arena_copy(a, db_get_text(&q, 2))};
    return NULL;
}
