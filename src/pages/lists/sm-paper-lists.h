/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-list-view.h"
#include "sm-paper.h"

G_BEGIN_DECLS

extern const SmListSpec sm_inspection_list;
extern const SmListSpec sm_incident_list;
extern const SmListSpec sm_certificate_list;
extern const SmListSpec sm_contact_list;
extern const SmListSpec sm_problem_list;
extern const SmListSpec sm_complaint_list;
extern const SmListSpec sm_part_list;

const char *sm_paper_field_title (const SmPaper *paper,
                                  guint          field);
gboolean    sm_paper_is_hidden   (const SmNoun  *noun,
                                  guint          field);
char       *sm_paper_field_words (SmOps         *ops,
                                  const SmRow   *row,
                                  guint          field);
char       *sm_paper_template_name (const SmRow *checklist);
char       *sm_paper_check_words (SmOps         *ops,
                                  const SmRow   *inspection,
                                  guint          part);
char       *sm_paper_valid_words (SmOps         *ops,
                                  const SmRow   *certificate);
char       *sm_paper_wait_words  (SmOps         *ops,
                                  const SmRow   *complaint);
guint       sm_paper_count_ending (SmOps        *ops);
SmNounId    sm_paper_field_noun  (const SmPaper *paper,
                                  guint          field);
char       *sm_part_quantity_words (const SmRow *part);

G_END_DECLS
