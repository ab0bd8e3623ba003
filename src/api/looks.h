/*
 * The schemas Look and SeenSector of api/openapi.yaml, which several resources write.
 */
#ifndef TOCSIN_API_LOOKS_H
#define TOCSIN_API_LOOKS_H

#include "api/briefing_parts.h"
#include "service/look.h"

void api_put_look(const struct part_to *to, const struct look_view *view);
/* Member `sectors`. */
struct admin_sectors;
void api_put_sectors(struct json_writer *w, const struct admin_sectors *sectors);

#endif
