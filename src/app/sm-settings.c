/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-settings.h"

/**
 * sm_settings_new:
 *
 * The settings of this person, by the schema beside the build if the program
 * is not installed.
 *
 * Returns: (transfer full) (nullable): NULL when there is no schema at all;
 *   then nothing is remembered
 */
GSettings *
sm_settings_new (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) built = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (g_file_test (SM_BUILD_DATA_DIR, G_FILE_TEST_IS_DIR))
    built = g_settings_schema_source_new_from_directory (SM_BUILD_DATA_DIR, installed, TRUE, NULL);
  if (built != NULL)
    schema = g_settings_schema_source_lookup (built, SM_APP_ID, TRUE);
  else if (installed != NULL)
    schema = g_settings_schema_source_lookup (installed, SM_APP_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
