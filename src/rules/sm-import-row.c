/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-import-row-private.h"

#include <math.h>
#include <string.h>

#include "sm-error.h"
#include "sm-import.h"

/*
 * One row of a table of stations, from texts to a tree for the rules.  What
 * the table does not say stays null, so that a second import never undoes what
 * somebody has entered since.
 */

#define MAX_SN_LENGTH 64
#define MAX_NAME_LENGTH 200
#define MAX_POWER_KW 1000000.0

/* Names that columns have in the wild; ours come first. */
static const struct
{
  const char *name;
  SmImportColumn column;
} known_columns[] = {
  { "sn", SM_IMPORT_SN },
  { "station_id", SM_IMPORT_SN },
  { "station_sn", SM_IMPORT_SN },
  { "serial_number", SM_IMPORT_SN },
  { "id", SM_IMPORT_SN },
  { "latitude", SM_IMPORT_LATITUDE },
  { "lat", SM_IMPORT_LATITUDE },
  { "longitude", SM_IMPORT_LONGITUDE },
  { "lng", SM_IMPORT_LONGITUDE },
  { "lon", SM_IMPORT_LONGITUDE },
  { "long", SM_IMPORT_LONGITUDE },
  { "pile_count", SM_IMPORT_PILES },
  { "piles", SM_IMPORT_PILES },
  { "charge_count", SM_IMPORT_PILES },
  { "charger_count", SM_IMPORT_PILES },
  { "evse_count", SM_IMPORT_PILES },
  { "name", SM_IMPORT_NAME },
  { "station_name", SM_IMPORT_NAME },
  { "name_en", SM_IMPORT_NAME_EN },
  { "name_zh", SM_IMPORT_NAME_ZH_CN },
  { "name_zh_cn", SM_IMPORT_NAME_ZH_CN },
  { "name_cn", SM_IMPORT_NAME_ZH_CN },
  { "address", SM_IMPORT_ADDRESS },
  { "kind", SM_IMPORT_KIND },
  { "station_kind", SM_IMPORT_KIND },
  { "time_zone", SM_IMPORT_TIME_ZONE },
  { "timezone", SM_IMPORT_TIME_ZONE },
  { "grid_capacity_kw", SM_IMPORT_GRID_CAPACITY_KW },
  { "capacity_kw", SM_IMPORT_GRID_CAPACITY_KW },
  { "current", SM_IMPORT_CURRENT },
  { "rated_power_kw", SM_IMPORT_RATED_POWER_KW },
  { "pile_power_kw", SM_IMPORT_RATED_POWER_KW },
};

/** sm_import_columns: Returns: a list for people: "sn (or station_id, ...), latitude (...)" */
char *
sm_import_columns (void)
{
  GString *text = g_string_new (known_columns[0].name);
  guint n_others = 0;

  for (guint i = 1; i < G_N_ELEMENTS (known_columns); i++)
    {
      gboolean is_other = known_columns[i].column == known_columns[i - 1].column;

      if (!is_other && n_others > 0)
        g_string_append_c (text, ')');
      n_others = is_other ? n_others + 1 : 0;
      g_string_append (text, n_others == 1 ? " (or " : ", ");
      g_string_append (text, known_columns[i].name);
    }
  g_string_append (text, n_others > 0 ? ")" : "");
  return g_string_free (text, FALSE);
}

static int
column_of (const char *name)
{
  g_autofree char *plain = g_strstrip (g_ascii_strdown (name, -1));

  for (char *c = plain; *c != '\0'; c++)
    if (*c == ' ' || *c == '-')
      *c = '_';
  for (guint i = 0; i < G_N_ELEMENTS (known_columns); i++)
    if (strcmp (known_columns[i].name, plain) == 0)
      return (int) known_columns[i].column;
  return -1;
}

static gboolean
check_header (const SmImportHeader *self,
              GError              **error)
{
  static const SmImportColumn needed[] = { SM_IMPORT_SN, SM_IMPORT_LATITUDE, SM_IMPORT_LONGITUDE };
  static const char *const names[] = { "sn", "latitude", "longitude" };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (self->field[needed[i]] < 0)
      {
        g_autofree char *columns = sm_import_columns ();
        g_autofree char *found = g_strjoinv (", ", self->names);

        sm_set_error (error, SM_ERROR_INVALID, "import-columns",
                      "There is no column %s, so nothing was imported. The first line has: %s. "
                      "Columns are separated by commas; these are understood: %s.",
                      names[i], found, columns);
        return FALSE;
      }
  return TRUE;
}

/** sm_import_header_new: Returns: (transfer full) (nullable): what the first row @row says */
SmImportHeader *
sm_import_header_new (const SmCsvRow *row,
                      GError        **error)
{
  g_autoptr (SmImportHeader) self = g_new0 (SmImportHeader, 1);
  g_autoptr (GPtrArray) ignored = g_ptr_array_new ();

  if (row->problem != NULL)
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "import-header",
                    "The first line cannot be read, so nothing was imported: %s.", row->problem);
      return NULL;
    }
  for (guint c = 0; c < SM_IMPORT_N_COLUMNS; c++)
    self->field[c] = -1;
  self->names = g_new0 (char *, row->n_fields + 1);
  for (guint i = 0; i < row->n_fields; i++)
    {
      int column = column_of (row->fields[i]);

      self->names[i] = g_strdup (row->fields[i]);
      if (column < 0)
        g_ptr_array_add (ignored, self->names[i]);
      else if (self->field[column] >= 0)
        {
          sm_set_error (error, SM_ERROR_INVALID, "import-columns-twice",
                        "The columns %s and %s mean the same, so nothing was imported. "
                        "Remove or rename one of them.",
                        self->names[self->field[column]], self->names[i]);
          return NULL;
        }
      else
        self->field[column] = (int) i;
    }
  if (!check_header (self, error))
    return NULL;
  g_ptr_array_add (ignored, NULL);
  if (ignored->len > 1)
    self->ignored = g_strjoinv (", ", (char **) ignored->pdata);
  return g_steal_pointer (&self);
}

void
sm_import_header_free (SmImportHeader *self)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->names);
  g_free (self->ignored);
  g_free (self);
}

/** sm_import_header_name: Returns: (transfer none) (nullable): what the file calls a column */
const char *
sm_import_header_name (const SmImportHeader *self,
                       SmImportColumn        column)
{
  return self->field[column] >= 0 ? self->names[self->field[column]] : NULL;
}

void
sm_station_tree_free (SmStationTree *tree)
{
  g_return_if_fail (tree != NULL);

  sm_row_unref (tree->station);
  g_clear_pointer (&tree->piles, g_ptr_array_unref);
  g_clear_pointer (&tree->connectors, g_ptr_array_unref);
  g_free (tree);
}

/** sm_import_row_is_blank: Spreadsheets leave rows of nothing but commas behind. */
gboolean
sm_import_row_is_blank (const SmCsvRow *row)
{
  for (guint i = 0; i < row->n_fields; i++)
    if (row->fields[i][0] != '\0')
      return FALSE;
  return row->problem == NULL;
}

/* What is read from a row, and where the first trouble was. */
typedef struct
{
  const SmImportHeader *header;
  const SmCsvRow *row;
  SmImportColumn column;
  char *reason;
} Reading;

static gboolean G_GNUC_PRINTF (3, 4)
refuse (Reading        *reading,
        SmImportColumn  column,
        const char     *format,
        ...)
{
  va_list args;

  va_start (args, format);
  reading->column = column;
  reading->reason = g_strdup_vprintf (format, args);
  va_end (args);
  return FALSE;
}

/* Returns: (transfer full) (nullable): without blanks around it; NULL when nothing is said. */
static char *
dup_field (const Reading *reading,
           SmImportColumn column)
{
  int field = reading->header->field[column];
  g_autofree char *text = field < 0 ? NULL : g_strstrip (g_strdup (reading->row->fields[field]));

  return text == NULL || *text == '\0' ? NULL : g_steal_pointer (&text);
}

static gboolean
has_controls (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

static gboolean
check_text (Reading        *reading,
            SmImportColumn  column,
            const char     *text,
            glong           max_length)
{
  glong length = g_utf8_strlen (text, -1);

  if (has_controls (text))
    return refuse (reading, column,
                   "it holds a line break or another control character; write it in one line");
  if (length > max_length)
    return refuse (reading, column, "it has %ld characters; shorten it to %ld", length, max_length);
  return TRUE;
}

/* Reads a plain decimal number.  A comma is never guessed to be a point. */
static gboolean
parse_number (const char *text,
              double     *out_value)
{
  const char *c = text;
  char *end;

  if (*c == '-' || *c == '+')
    c++;
  if (!g_ascii_isdigit (*c) && *c != '.')
    return FALSE;
  if (strspn (text, "+-.0123456789eE") != strlen (text))
    return FALSE;
  *out_value = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*out_value);
}

/* Leaves NAN where nothing is said. */
static gboolean
read_number (Reading        *reading,
             SmImportColumn  column,
             double          from,
             double          to,
             double         *out_value)
{
  g_autofree char *text = dup_field (reading, column);

  *out_value = NAN;
  if (text == NULL)
    return TRUE;
  if (!parse_number (text, out_value))
    return refuse (reading, column,
                   "“%.40s” is not a number; write digits with a point, as in 22.5431", text);
  if (*out_value < from || *out_value > to)
    return refuse (reading, column, "%.40s is not between %g and %g; correct it", text, from, to);
  return TRUE;
}

static gboolean
read_sn (Reading *reading,
         SmRow   *station)
{
  g_autofree char *sn = dup_field (reading, SM_IMPORT_SN);

  if (sn == NULL)
    return refuse (reading, SM_IMPORT_SN,
                   "it is empty; every station needs a serial number of its own");
  if (!check_text (reading, SM_IMPORT_SN, sn, MAX_SN_LENGTH))
    return FALSE;
  sm_row_take_text (station, SM_STATION_SN, g_steal_pointer (&sn));
  return TRUE;
}

static gboolean
read_position (Reading *reading,
               SmDatum  datum,
               SmRow   *station)
{
  double latitude, longitude;

  if (!read_number (reading, SM_IMPORT_LONGITUDE, -180.0, 180.0, &longitude))
    return FALSE;
  if (!read_number (reading, SM_IMPORT_LATITUDE, -180.0, 180.0, &latitude))
    return FALSE;
  if (isnan (latitude) || isnan (longitude))
    return refuse (reading, isnan (latitude) ? SM_IMPORT_LATITUDE : SM_IMPORT_LONGITUDE,
                   "it is empty; a station needs its position");
  if (fabs (latitude) > 90.0)
    return refuse (reading, SM_IMPORT_LATITUDE, "%g is not between -90 and 90; %s", latitude,
                   fabs (longitude) <= 90.0 ? "latitude and longitude seem to be exchanged"
                                            : "correct it");
  if (latitude == 0.0 && longitude == 0.0)
    return refuse (reading, SM_IMPORT_LATITUDE,
                   "0, 0 lies in the ocean and stands for “unknown”; fill in the true position");
  if (datum == SM_DATUM_GCJ02)
    sm_gcj02_to_wgs84 (latitude, longitude, &latitude, &longitude);
  sm_row_set_real (station, SM_STATION_LATITUDE, latitude);
  sm_row_set_real (station, SM_STATION_LONGITUDE, longitude);
  return TRUE;
}

static gboolean
read_slug (Reading           *reading,
           SmImportColumn     column,
           const char *const *slugs,
           SmRow             *row,
           guint              row_field)
{
  g_autofree char *text = dup_field (reading, column);
  g_autofree char *slug = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  if (slug == NULL)
    return TRUE;
  if (sm_slug_index (slugs, slug) == SM_ENUM_UNKNOWN)
    {
      g_autofree char *all = g_strjoinv (", ", (char **) slugs);

      return refuse (reading, column, "“%.40s” is not one of: %s", text, all);
    }
  sm_row_set_text (row, row_field, slug);
  return TRUE;
}

static gboolean
read_time_zone (Reading *reading,
                SmRow   *station)
{
  g_autofree char *name = dup_field (reading, SM_IMPORT_TIME_ZONE);
  g_autoptr (GTimeZone) zone = NULL;

  if (name == NULL)
    return TRUE;
  /* An offset would do for GLib, but it knows no summer time. */
  if (strchr (name, '/') != NULL && strstr (name, "..") == NULL && *name != '/')
    zone = g_time_zone_new_identifier (name);
  if (zone == NULL && strcmp (name, "UTC") != 0)
    return refuse (reading, SM_IMPORT_TIME_ZONE,
                   "“%.40s” is not a time zone; write one as in Asia/Shanghai", name);
  sm_row_take_text (station, SM_STATION_TIME_ZONE, g_steal_pointer (&name));
  return TRUE;
}

static gboolean
is_chinese (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_get_script (g_utf8_get_char (c)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

static gboolean
read_name (Reading *reading,
           SmRow   *station)
{
  g_autofree char *en = dup_field (reading, SM_IMPORT_NAME_EN);
  g_autofree char *zh_cn = dup_field (reading, SM_IMPORT_NAME_ZH_CN);
  g_autofree char *any = dup_field (reading, SM_IMPORT_NAME);

  if (any != NULL && !check_text (reading, SM_IMPORT_NAME, any, MAX_NAME_LENGTH))
    return FALSE;
  if (en != NULL && !check_text (reading, SM_IMPORT_NAME_EN, en, MAX_NAME_LENGTH))
    return FALSE;
  if (zh_cn != NULL && !check_text (reading, SM_IMPORT_NAME_ZH_CN, zh_cn, MAX_NAME_LENGTH))
    return FALSE;
  if (any != NULL && zh_cn == NULL && is_chinese (any))
    zh_cn = g_strdup (any);
  else if (any != NULL && en == NULL && !is_chinese (any))
    en = g_strdup (any);
  if (en != NULL || zh_cn != NULL)
    sm_row_take_text (station, SM_STATION_NAME, sm_name_new (en, zh_cn));
  return TRUE;
}

static gboolean
read_station (Reading *reading,
              SmDatum  datum,
              SmRow   *station)
{
  g_autofree char *address = dup_field (reading, SM_IMPORT_ADDRESS);
  double capacity_kw;

  if (!read_sn (reading, station) || !read_position (reading, datum, station)
      || !read_name (reading, station)
      || !read_slug (reading, SM_IMPORT_KIND, sm_station_kinds, station, SM_STATION_KIND)
      || !read_time_zone (reading, station)
      || !read_number (reading, SM_IMPORT_GRID_CAPACITY_KW, 0.0, MAX_POWER_KW, &capacity_kw))
    return FALSE;
  if (address != NULL && !check_text (reading, SM_IMPORT_ADDRESS, address, MAX_NAME_LENGTH))
    return FALSE;
  if (address != NULL)
    sm_row_take_text (station, SM_STATION_ADDRESS, g_steal_pointer (&address));
  if (!isnan (capacity_kw))
    sm_row_set_real (station, SM_STATION_GRID_CAPACITY_KW, capacity_kw);
  return TRUE;
}

/* Piles are only counted in such tables: they are numbered, with one connector each. */
static void
add_pile (SmStationTree *tree,
          guint          index,
          const SmRow   *model)
{
  const char *sn = sm_row_get_text (tree->station, SM_STATION_SN);
  SmRow *pile = sm_row_copy (model);
  SmRow *connector = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));

  sm_row_take_text (pile, SM_PILE_SN, g_strdup_printf ("%s-%02u", sn, index + 1));
  sm_row_set_int (connector, SM_CONNECTOR_PILE_ID, index);
  sm_row_set_int (connector, SM_CONNECTOR_NUMBER, 1);
  g_ptr_array_add (tree->piles, pile);
  g_ptr_array_add (tree->connectors, connector);
}

static gboolean
read_piles (Reading       *reading,
            SmStationTree *tree)
{
  g_autoptr (SmRow) model = sm_row_new (sm_noun_get (SM_NOUN_PILE));
  double count, power_kw;

  if (!read_number (reading, SM_IMPORT_PILES, 0, SM_IMPORT_MAX_PILES, &count)
      || !read_number (reading, SM_IMPORT_RATED_POWER_KW, 0.0, MAX_POWER_KW, &power_kw)
      || !read_slug (reading, SM_IMPORT_CURRENT, sm_currents, model, SM_PILE_CURRENT))
    return FALSE;
  if (isnan (count))
    return TRUE;
  if (count != floor (count))
    return refuse (reading, SM_IMPORT_PILES, "%g is not a whole number of piles; correct it", count);
  if (!isnan (power_kw))
    sm_row_set_real (model, SM_PILE_RATED_POWER_KW, power_kw);
  tree->piles = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  tree->connectors = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  for (guint i = 0; i < (guint) count; i++)
    add_pile (tree, i, model);
  return TRUE;
}

/**
 * sm_import_row_read:
 * @out_column: (out) (nullable): of a refused row, the name of the column at fault
 * @out_reason: (out) (transfer full): and what is wrong with it
 *
 * Returns: (transfer full) (nullable): what the rules are to bring up to date
 */
SmStationTree *
sm_import_row_read (const SmImportHeader *header,
                    const SmCsvRow       *row,
                    SmDatum               datum,
                    const char          **out_column,
                    char                **out_reason)
{
  guint n_columns = g_strv_length (header->names);
  Reading reading = { .header = header, .row = row };
  SmStationTree *tree;

  *out_column = NULL;
  if (row->problem != NULL)
    {
      if (row->problem_field < n_columns)
        *out_column = header->names[row->problem_field];
      *out_reason = g_strdup (row->problem);
      return NULL;
    }
  if (row->n_fields != n_columns)
    {
      *out_reason = g_strdup_printf ("it has %u fields and the first line has %u; %s", row->n_fields,
                                     n_columns,
                                     row->n_fields > n_columns ? "put a text that holds a comma in quotes"
                                                               : "fill in what is missing");
      return NULL;
    }
  tree = g_new0 (SmStationTree, 1);
  tree->station = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  if (read_station (&reading, datum, tree->station) && read_piles (&reading, tree))
    return tree;
  sm_station_tree_free (tree);
  *out_column = sm_import_header_name (header, reading.column);
  *out_reason = reading.reason;
  return NULL;
}

static char *
fill_pattern (const char *pattern,
              const char *sn)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "{sn}", -1);

  return g_strjoinv (sn, parts);
}

/**
 * sm_import_add_names:
 * @tree: of a station that is new
 * @en: with {sn} where the serial number is to stand
 * @zh_cn: likewise
 *
 * Names what the table leaves without a name.  Only for new ones: whoever was
 * renamed since keeps the name.
 */
void
sm_import_add_names (SmStationTree *tree,
                     const char    *en,
                     const char    *zh_cn)
{
  const char *sn = sm_row_get_text (tree->station, SM_STATION_SN);
  g_autofree char *station_en = fill_pattern (en, sn);
  g_autofree char *station_zh_cn = fill_pattern (zh_cn, sn);

  if (sm_row_is_null (tree->station, SM_STATION_NAME))
    sm_row_take_text (tree->station, SM_STATION_NAME, sm_name_new (station_en, station_zh_cn));
  for (guint i = 0; tree->piles != NULL && i < tree->piles->len; i++)
    {
      g_autofree char *pile_en = g_strdup_printf ("Pile %u", i + 1);
      g_autofree char *pile_zh_cn = g_strdup_printf ("%u号桩", i + 1);

      sm_row_take_text (g_ptr_array_index (tree->piles, i), SM_PILE_NAME,
                        sm_name_new (pile_en, pile_zh_cn));
    }
}
