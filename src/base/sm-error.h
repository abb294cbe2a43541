/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SmErrorCode:
 *
 * What kind of trouble it is; the number is the HTTP status that the contract
 * gives it, so that no table between the two is needed.  Codes of trouble that
 * never travels have no HTTP status and count from 1.
 */
typedef enum
{
  SM_ERROR_IO = 1,              /* a disk or socket failed; a retry may help */
  SM_ERROR_CORRUPT = 2,         /* a file of ours does not hold what it should */
  SM_ERROR_FULL = 3,            /* no space left on the disk */
  SM_ERROR_OFFLINE = 4,         /* the service cannot be reached */
  SM_ERROR_PROTOCOL = 5,        /* the other side does not speak our contract */
  SM_ERROR_MALFORMED = 400,     /* cannot be read at all */
  SM_ERROR_UNAUTHENTICATED = 401,
  SM_ERROR_DENIED = 403,
  SM_ERROR_NOT_FOUND = 404,
  SM_ERROR_METHOD = 405,
  SM_ERROR_CONFLICT = 409,
  SM_ERROR_GONE = 410,
  SM_ERROR_PRECONDITION = 412,
  SM_ERROR_TOO_LARGE = 413,
  SM_ERROR_INVALID = 422,       /* read, but not allowed (now) */
  SM_ERROR_TOO_MANY = 429,
  SM_ERROR_INTERNAL = 500,
  SM_ERROR_UNAVAILABLE = 503,
} SmErrorCode;

#define SM_ERROR (sm_error_quark ())
GQuark      sm_error_quark     (void);

void        sm_set_error       (GError     **error,
                                SmErrorCode  code,
                                const char  *slug,
                                const char  *format,
                                ...) G_GNUC_PRINTF (4, 5);
void        sm_error_set_param (GError      *error,
                                const char  *name,
                                const char  *value);
void        sm_error_add_field (GError      *error,
                                const char  *pointer,
                                const char  *slug);

gboolean    sm_error_refuse_field (GError     **error,
                                   const char  *pointer,
                                   const char  *slug);

const char *sm_error_get_slug  (const GError *error);
const char *sm_error_get_param (const GError *error,
                                const char   *name);
GHashTable *sm_error_get_params (const GError *error);

/** SmErrorField: one part of the input that is wrong: a JSON pointer and a slug. */
typedef struct
{
  char *pointer;
  char *slug;
} SmErrorField;

GPtrArray  *sm_error_get_fields (const GError *error);

G_END_DECLS
