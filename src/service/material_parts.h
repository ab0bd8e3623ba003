/*
 * What the files of materials share with those of briefings.
 */
#ifndef TOCSIN_SERVICE_MATERIAL_PARTS_H
#define TOCSIN_SERVICE_MATERIAL_PARTS_H

#include "service/briefing_parts.h"
#include "service/material.h"

/* As material_list, also of items that are not on the agenda. */
err material_list_all(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, struct materials *out) MUST_USE;

/* An object of the exchange as the reader finds it. ERR_NOT_FOUND. */
err material_object_get(struct arena *a, struct session *s, const struct reader *r, str id,
                        struct material_object *out) MUST_USE;

/* Every version of it and their files. */
err material_withdraw_whole(struct arena *a, struct session *s, const struct reader *r,
                            const struct briefing *b, str id) MUST_USE;

/* Writes the next version of a material and of its file, under the audience of what it belongs to
 * and a label that is not less strict. */
struct material_place {
    const struct material *material;
    const struct briefing_item *item; /* NULL: it belongs to the briefing */
};
err material_append(struct arena *a, struct session *s, const struct reader *r,
                    const struct briefing *b, const struct material_place *m) MUST_USE;

/* When a briefing goes out, after its audiences: the next version of all, for who is invited. */
err material_open_all(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, const struct briefing_items *items) MUST_USE;

/*
 * After the agenda was changed: materials go where their item went. Of one that became another item
 * (B9) they are given anew, so that who lost the item loses them; of a dropped one they are
 * withdrawn.
 */
err material_follow(struct arena *a, struct session *s, const struct reader *r,
                    const struct briefing *b, const struct briefing_items *changed) MUST_USE;

#endif
