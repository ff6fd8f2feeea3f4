/**
 * What the pages of all reports have in common: templates, styles and the script; numbered figures,
 * pictures that several figures share, and the explorer of weights. A page needs nothing beside
 * itself. One thread makes a page, others draw its figures for it; several threads may each make
 * their own.
 */
@NullMarked
package dev.quicklime.report.page;

import org.jspecify.annotations.NullMarked;
