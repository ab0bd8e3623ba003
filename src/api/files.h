/*
 * Files that were handed in and are not given to anything yet. What is answered then stands for the
 * bytes: sealed, good for an hour, for that person, organization and briefing only.
 */
#ifndef TOCSIN_API_FILES_H
#define TOCSIN_API_FILES_H

#include "api/call.h"
#include "service/material.h"

#define FILES_HANDLE_BYTES_MAX 400

/* The largest file that is taken here. */
uint64_t files_bytes_max(const struct app *app);

/* Whether the reader may hand files in to the briefing of the path. */
err files_check_may_hand_in(struct api_call *c) MUST_USE;

/* Sets digest, bytes and kind. False: it was not made for this call, or is too old. */
bool files_handle_open(struct api_call *c, str handle, struct material_file *out);

#endif
