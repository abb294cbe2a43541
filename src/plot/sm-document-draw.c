/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-document-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>

/* In points. */
#define MARGIN 46.0
#define TOP 62.0
#define BOTTOM (SM_DOCUMENT_HEIGHT - 58.0)
#define BODY (SM_DOCUMENT_WIDTH - 2 * MARGIN)
#define TEXT 9.5
#define SMALL 8.0
#define CELL 8.5
#define HEADING 12.5
#define TITLE 19.0
#define PLOT_HEIGHT 150.0
#define GAP 8.0        /* between two parts */
#define PADDING 3.0    /* inside of a row, above and below */
#define BETWEEN 8.0    /* two columns */
#define FACT_NAME 130.0
/* A row is on one page: what is longer than this ends in dots. */
#define MOST_ROW 300.0
#define LABEL_HEIGHT 112.0
#define LABEL_WIDTH (BODY / 2)
/* The quiet zone of four modules, for codes of up to 37 of them. */
#define LABEL_PADDING 12.0
#define CODE (LABEL_HEIGHT - 2 * LABEL_PADDING)

static const SmPlotColor ink = { 0.11, 0.13, 0.15, 1 };
static const SmPlotColor dim = { 0.36, 0.39, 0.43, 1 };
static const SmPlotColor line = { 0.78, 0.8, 0.82, 1 };
static const SmPlotColor shade = { 0.945, 0.95, 0.955, 1 };

/* Where the report is being laid out. */
typedef struct
{
  const SmDocument *report;
  cairo_t *cr;
  int only; /* the page that is drawn, or one of SM_DOCUMENT_*_PAGE */
  guint n_pages;
  guint page; /* the one that we are on, from 1 */
  double y;
  const SmDocumentTable *table; /* (nullable): whose head a new page begins with */
  gboolean beside; /* there is room beside the last label */
} Pen;

static gboolean
is_drawn (const Pen *pen)
{
  return pen->only == SM_DOCUMENT_ALL_PAGES || pen->only == (int) pen->page;
}

static void
use_color (Pen               *pen,
           const SmPlotColor *color)
{
  cairo_set_source_rgba (pen->cr, color->red, color->green, color->blue, color->alpha);
}

static PangoLayout *
make_text (Pen        *pen,
           const char *text,
           double      size,
           gboolean    is_bold,
           double      width)
{
  PangoLayout *layout = pango_cairo_create_layout (pen->cr);
  PangoContext *context = pango_layout_get_context (layout);
  PangoFontDescription *font = pango_font_description_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  /* On paper there are no pixels to keep to, and Chinese has its own letter forms. */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_language (context, pango_language_from_string (pen->report->language));
  pango_font_description_set_family (font, "Cantarell, Noto Sans CJK SC, sans-serif");
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_context_changed (layout);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text != NULL ? text : "", -1);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  return layout;
}

static double
height_of (PangoLayout *layout)
{
  int width, height;

  pango_layout_get_size (layout, &width, &height);
  return (double) height / PANGO_SCALE;
}

static double
width_of (PangoLayout *layout)
{
  int width, height;

  pango_layout_get_size (layout, &width, &height);
  return (double) width / PANGO_SCALE;
}

static double
baseline_of (PangoLayout *layout)
{
  return (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
}

static void
show (Pen               *pen,
      PangoLayout       *layout,
      const SmPlotColor *color,
      double             x,
      double             y)
{
  if (!is_drawn (pen))
    return;
  use_color (pen, color);
  cairo_move_to (pen->cr, x, y);
  pango_cairo_show_layout (pen->cr, layout);
}

static void
rule (Pen    *pen,
      double  y,
      double  width)
{
  if (!is_drawn (pen))
    return;
  use_color (pen, &line);
  cairo_set_line_width (pen->cr, width);
  cairo_move_to (pen->cr, MARGIN, y);
  cairo_line_to (pen->cr, MARGIN + BODY, y);
  cairo_stroke (pen->cr);
}

/* In a frame, at the right above everything; Returns: the room that it takes. */
static double
draw_mark (Pen *pen)
{
  g_autoptr (PangoLayout) text = NULL;
  double width, height, x, y = 26;

  if (pen->report->mark == NULL)
    return 0;
  text = make_text (pen, pen->report->mark, HEADING, TRUE, 0);
  width = width_of (text);
  height = height_of (text);
  x = MARGIN + BODY - width - 6;
  show (pen, text, &ink, x, y);
  if (is_drawn (pen))
    {
      use_color (pen, &ink);
      cairo_set_line_width (pen->cr, 1.5);
      cairo_rectangle (pen->cr, x - 6, y - 3, width + 12, height + 6);
      cairo_stroke (pen->cr);
    }
  return width + 24;
}

static void
draw_foot (Pen *pen)
{
  /* Translators: at the foot of a printed page; its number, and how many there are */
  g_autofree char *words = g_strdup_printf (_("Page %u of %u"), pen->page, pen->n_pages);
  g_autoptr (PangoLayout) number = make_text (pen, words, SMALL, FALSE, 0);
  double width = width_of (number);
  g_autoptr (PangoLayout) foot = make_text (pen, pen->report->foot, SMALL, FALSE,
                                            BODY - width - 2 * BETWEEN);

  rule (pen, BOTTOM + 14, 0.5);
  pango_layout_set_height (foot, -1);
  pango_layout_set_ellipsize (foot, PANGO_ELLIPSIZE_END);
  /* On one line, whatever scripts they are in. */
  show (pen, foot, &dim, MARGIN, BOTTOM + 29 - baseline_of (foot));
  show (pen, number, &dim, MARGIN + BODY - width, BOTTOM + 29 - baseline_of (number));
}

static void
draw_first_head (Pen *pen)
{
  double mark = draw_mark (pen);
  g_autoptr (PangoLayout) title = make_text (pen, pen->report->title, TITLE, TRUE, BODY - mark);

  show (pen, title, &ink, MARGIN, 42);
  pen->y = 42 + height_of (title) + 3;
  if (pen->report->subtitle != NULL)
    {
      g_autoptr (PangoLayout) beneath = make_text (pen, pen->report->subtitle, TEXT, FALSE, BODY);

      show (pen, beneath, &dim, MARGIN, pen->y);
      pen->y += height_of (beneath);
    }
  pen->y += 7;
  rule (pen, pen->y, 1);
  pen->y += GAP;
}

static void
draw_next_head (Pen *pen)
{
  double mark = draw_mark (pen);
  g_autofree char *words = pen->report->subtitle != NULL
                               ? g_strdup_printf ("%s · %s", pen->report->title,
                                                  pen->report->subtitle)
                               : g_strdup (pen->report->title);
  g_autoptr (PangoLayout) title = make_text (pen, words, SMALL, FALSE, BODY - mark);

  pango_layout_set_height (title, -1);
  pango_layout_set_ellipsize (title, PANGO_ELLIPSIZE_END);
  show (pen, title, &dim, MARGIN, 36);
  rule (pen, TOP - 12, 0.5);
  pen->y = TOP;
}

static void put_table_head (Pen                   *pen,
                            const SmDocumentTable *table);

static void
begin_page (Pen *pen)
{
  if (pen->page > 0 && pen->only == SM_DOCUMENT_ALL_PAGES)
    cairo_show_page (pen->cr);
  pen->page++;
  if (pen->page == 1)
    draw_first_head (pen);
  else
    draw_next_head (pen);
  draw_foot (pen);
  if (pen->table != NULL)
    put_table_head (pen, pen->table);
}

/* Whether that much is left on this page; else goes on to the next one. */
static void
need (Pen    *pen,
      double  height)
{
  if (pen->y + height > BOTTOM)
    begin_page (pen);
}

/* Line by line, over as many pages as it takes. */
static void
put_lines (Pen               *pen,
           PangoLayout       *layout,
           const SmPlotColor *color,
           double             x)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      PangoRectangle logical;
      double height;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      height = (double) logical.height / PANGO_SCALE;
      need (pen, height);
      if (is_drawn (pen))
        {
          use_color (pen, color);
          cairo_move_to (pen->cr, x + (double) logical.x / PANGO_SCALE,
                         pen->y
                         + (double) (pango_layout_iter_get_baseline (iter) - logical.y)
                         / PANGO_SCALE);
          pango_cairo_show_layout_line (pen->cr, pango_layout_iter_get_line_readonly (iter));
        }
      pen->y += height;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
put_heading (Pen                  *pen,
             const SmDocumentPart *part)
{
  g_autoptr (PangoLayout) layout = make_text (pen, part->text, HEADING, TRUE, BODY);

  /* With room for what it is the heading of: a table's head and two rows. */
  need (pen, GAP + height_of (layout) + 4 * (CELL + 2 * PADDING + 4));
  pen->y += GAP;
  put_lines (pen, layout, &ink, MARGIN);
  pen->y += 4;
}

static void
put_fact (Pen                  *pen,
          const SmDocumentPart *part)
{
  g_autoptr (PangoLayout) name = make_text (pen, part->text, TEXT, FALSE, FACT_NAME - BETWEEN);
  g_autoptr (PangoLayout) value = make_text (pen, part->value, TEXT, FALSE, BODY - FACT_NAME);
  double y;
  guint page;

  pango_layout_set_height (name, (int) (MOST_ROW * PANGO_SCALE));
  pango_layout_set_ellipsize (name, PANGO_ELLIPSIZE_END);
  need (pen, fmin (fmax (height_of (name), height_of (value)), MOST_ROW) + 3);
  y = pen->y;
  page = pen->page;
  show (pen, name, &dim, MARGIN, y);
  put_lines (pen, value, &ink, MARGIN + FACT_NAME);
  if (pen->page == page)
    pen->y = fmax (pen->y, y + height_of (name));
  pen->y += 3;
}

static double
column_width (const SmDocumentTable *table,
              guint                  column)
{
  return table->shares[column] * BODY - BETWEEN;
}

/* Fits every cell into its column; Returns: how high the highest is, and its first line's place. */
static double
make_cells (Pen                    *pen,
            const SmDocumentTable  *table,
            char                  **cells,
            gboolean                is_head,
            GPtrArray              *layouts,
            int                    *out_baseline)
{
  double height = 0;
  int baseline = 0;

  for (guint i = 0; i < table->n_columns; i++)
    {
      PangoLayout *cell = make_text (pen, cells[i], CELL, is_head, column_width (table, i));

      pango_layout_set_alignment (cell, table->is_number[i] ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
      pango_layout_set_height (cell, (int) (MOST_ROW * PANGO_SCALE));
      pango_layout_set_ellipsize (cell, PANGO_ELLIPSIZE_END);
      baseline = MAX (baseline, pango_layout_get_baseline (cell));
      g_ptr_array_add (layouts, cell);
    }
  for (guint i = 0; i < table->n_columns; i++)
    {
      PangoLayout *cell = g_ptr_array_index (layouts, i);
      int lower = baseline - pango_layout_get_baseline (cell);

      height = fmax (height, height_of (cell) + (double) lower / PANGO_SCALE);
    }
  *out_baseline = baseline;
  return height + 2 * PADDING;
}

/* One row of cells, on one line whatever script they are in; the head is one as well. */
static void
put_cells (Pen                    *pen,
           const SmDocumentTable  *table,
           char                  **cells,
           gboolean                is_head)
{
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);
  int baseline;
  double height = make_cells (pen, table, cells, is_head, layouts, &baseline);
  double x = MARGIN;

  if (!is_head)
    need (pen, height);
  if (is_head && is_drawn (pen))
    {
      use_color (pen, &shade);
      cairo_rectangle (pen->cr, MARGIN, pen->y, BODY, height);
      cairo_fill (pen->cr);
    }
  for (guint i = 0; i < table->n_columns; i++)
    {
      PangoLayout *cell = g_ptr_array_index (layouts, i);
      int lower = baseline - pango_layout_get_baseline (cell);

      show (pen, cell, &ink, x + BETWEEN / 2, pen->y + PADDING + (double) lower / PANGO_SCALE);
      x += table->shares[i] * BODY;
    }
  pen->y += height;
  rule (pen, pen->y, 0.5);
}

static void
put_table_head (Pen                   *pen,
                const SmDocumentTable *table)
{
  put_cells (pen, table, table->titles, TRUE);
}

static void
put_table (Pen                  *pen,
           const SmDocumentPart *part)
{
  /* A head alone at the end of a page says nothing. */
  need (pen, 4 * (CELL + 2 * PADDING + 4));
  put_table_head (pen, part->table);
  pen->table = part->table;
}

static void
put_plot (Pen                  *pen,
          const SmDocumentPart *part)
{
  const SmPlotTheme theme = { .grid = line, .label = dim, .main = { 0.18, 0.37, 0.6, 1 },
                              .beside = dim, .font = "Cantarell, Noto Sans CJK SC, sans-serif",
                              .font_px = SMALL };
  g_autoptr (PangoLayout) caption = make_text (pen, part->text, TEXT, FALSE, BODY);

  need (pen, height_of (caption) + 4 + PLOT_HEIGHT + GAP);
  put_lines (pen, caption, &ink, MARGIN);
  pen->y += 4;
  if (is_drawn (pen))
    {
      cairo_save (pen->cr);
      cairo_translate (pen->cr, MARGIN, pen->y);
      sm_plot_draw (part->plot, pen->cr, &theme, BODY, PLOT_HEIGHT);
      cairo_restore (pen->cr);
    }
  pen->y += PLOT_HEIGHT + GAP;
}

/* Where to cut: what is in it is not to be read, so it may be faint. */
static void
draw_label_edge (Pen    *pen,
                 double  x)
{
  static const double dashes[] = { 3, 3 };

  use_color (pen, &line);
  cairo_set_line_width (pen->cr, 0.5);
  cairo_set_dash (pen->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_rectangle (pen->cr, x, pen->y, LABEL_WIDTH, LABEL_HEIGHT);
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
}

/* Says what it is for in both languages: nobody knows who will read it. */
static void
put_label_words (Pen                  *pen,
                 const SmDocumentPart *part,
                 double                x)
{
  double width = LABEL_WIDTH - CODE - 3 * LABEL_PADDING, y = pen->y + LABEL_PADDING;
  const char *const words[] = { part->text, part->value, "Scan to report a fault", "扫码报修" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (PangoLayout) layout = make_text (pen, words[i], i == 0 ? HEADING : TEXT, i != 1,
                                                  width);

      pango_layout_set_height (layout, i == 0 ? -2 : -1);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      show (pen, layout, i == 1 ? &dim : &ink, x, y);
      y += height_of (layout) + (i == 1 ? GAP : 2);
    }
}

static void
put_label (Pen                  *pen,
           const SmDocumentPart *part)
{
  double x = MARGIN + (pen->beside ? LABEL_WIDTH : 0);

  if (!pen->beside)
    need (pen, LABEL_HEIGHT);
  if (is_drawn (pen))
    {
      draw_label_edge (pen, x);
      use_color (pen, &ink);
      sm_label_draw (pen->cr, part->link, x + LABEL_PADDING, pen->y + LABEL_PADDING, CODE);
    }
  put_label_words (pen, part, x + CODE + 2 * LABEL_PADDING);
  if (pen->beside)
    pen->y += LABEL_HEIGHT;
  pen->beside = !pen->beside;
}

static void
put_part (Pen                  *pen,
          const SmDocumentPart *part)
{
  /* Behind the last row of a table no page begins with its head any more. */
  if (part->kind != SM_DOCUMENT_ROW && pen->table != NULL)
    {
      pen->table = NULL;
      pen->y += GAP;
    }
  if (part->kind != SM_DOCUMENT_LABEL && pen->beside)
    {
      pen->beside = FALSE;
      pen->y += LABEL_HEIGHT;
    }
  switch (part->kind)
    {
    case SM_DOCUMENT_HEADING:
      put_heading (pen, part);
      break;
    case SM_DOCUMENT_PARAGRAPH:
      {
        g_autoptr (PangoLayout) layout = make_text (pen, part->text, TEXT, FALSE, BODY);

        put_lines (pen, layout, &ink, MARGIN);
        pen->y += GAP;
      }
      break;
    case SM_DOCUMENT_FACT:
      put_fact (pen, part);
      break;
    case SM_DOCUMENT_TABLE:
      put_table (pen, part);
      break;
    case SM_DOCUMENT_ROW:
      put_cells (pen, part->table, part->cells, FALSE);
      break;
    case SM_DOCUMENT_PLOT:
      put_plot (pen, part);
      break;
    case SM_DOCUMENT_LABEL:
      put_label (pen, part);
      break;
    }
}

/**
 * sm_document_lay_out:
 * @page: the one to draw, or one of SM_DOCUMENT_*_PAGE
 * @n_pages: as an earlier run of this counted them
 *
 * Counting and drawing are the same walk, so that they cannot differ.
 *
 * Returns: how many pages there are
 */
guint
sm_document_lay_out (const SmDocument *self,
                     cairo_t          *cr,
                     int               page,
                     guint             n_pages)
{
  Pen pen = { .report = self, .cr = cr, .only = page, .n_pages = n_pages };

  begin_page (&pen);
  for (guint i = 0; i < self->parts->len; i++)
    put_part (&pen, g_ptr_array_index (self->parts, i));
  if (page == SM_DOCUMENT_ALL_PAGES)
    cairo_show_page (cr);
  return pen.page;
}
