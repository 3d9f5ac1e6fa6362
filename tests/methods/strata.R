# Mean of stratified units, and its standard error, by R's survey package, for test_intervals.py:
#   Rscript tests/methods/strata.R
# prints its table STRATA (Debian: apt-get install r-cran-survey; made with survey 4.1-1).
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "certainty") # a stratum of one contributes no variance
d <- data.frame(unit = 0:24, group = rep(letters[1:5], c(1, 2, 3, 7, 12)))
d$full <- 1 + (d$unit^2 + d$unit %/% 4) %% 5
d$blanks <- ifelse(d$unit %% 6 == 5, NA, d$full)
design <- svydesign(ids = ~unit, strata = ~group, data = d, weights = ~1)
for (item in c("full", "blanks")) {
  m <- svymean(reformulate(item), design, na.rm = TRUE)
  cat(sprintf("    \"%s\": (%.15f, %.15f),\n", item, coef(m), SE(m)))
}
