/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-directory.h"

G_BEGIN_DECLS

/**
 * SmDirectoryData:
 *
 * All that a directory holds; made in the reader's thread, then handed over.
 * Each array is in the order of its ids.
 */
typedef struct
{
  GStringChunk *texts;
  GArray *vehicles; /* of SmVehicleRecord */
  GArray *drivers;  /* of SmDriverRecord */
  GArray *packs;    /* of SmPackRecord */
  GArray *piles;    /* of SmPileRecord */
  GPtrArray *rows[SM_N_NOUNS]; /* of SmRow; NULL for nouns that are not kept as rows */
} SmDirectoryData;

SmDirectoryData *sm_directory_data_new  (void);
void             sm_directory_data_free (SmDirectoryData *self);
gboolean         sm_directory_data_read (SmDirectoryData *self,
                                         SmConnection    *connection,
                                         GError         **error);
gboolean         sm_directory_data_put  (SmDirectoryData *self,
                                         SmRow           *row);
gboolean         sm_directory_data_remove (SmDirectoryData *self,
                                           const SmNoun    *noun,
                                           gint64           id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmDirectoryData, sm_directory_data_free)

SmDirectory           *sm_directory_new      (void);
void                   sm_directory_take     (SmDirectory     *self,
                                              SmDirectoryData *data);
void                   sm_directory_apply    (SmDirectory     *self,
                                              GPtrArray       *rows);
void                   sm_directory_remove   (SmDirectory     *self,
                                              const SmNoun    *noun,
                                              gint64           id);
void                   sm_directory_told     (SmDirectory     *self);
const SmDirectoryData *sm_directory_get_data (SmDirectory     *self);

G_END_DECLS
