/*
 * The functions that libmicrohttpd calls; `context` is the server.
 */
#ifndef TOCSIN_HTTP_CONNECTION_H
#define TOCSIN_HTTP_CONNECTION_H

#include "http/server_parts.h"

#include <microhttpd.h>

/* A connection was accepted, or is about to be closed (MHD_NotifyConnectionCallback). */
void connection_notify(void *context, struct MHD_Connection *mhd, void **socket_context,
                       enum MHD_ConnectionNotificationCode code);

/* The request line is there; `target` is still as sent (MHD_OPTION_URI_LOG_CALLBACK). */
void *connection_line(void *context, const char *target, struct MHD_Connection *mhd);

/* The header is complete; then for each piece of the body; then at the end, and again when the
 * connection was woken (MHD_AccessHandlerCallback). */
enum MHD_Result connection_handle(void *context, struct MHD_Connection *mhd, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **unused);

/* The answer was sent, or the connection ended before (MHD_RequestCompletedCallback). */
void connection_completed(void *context, struct MHD_Connection *mhd, void **unused,
                          enum MHD_RequestTerminationCode code);

#endif
