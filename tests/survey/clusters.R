# Means and standard errors of balanced clusters by R's survey package, for test_respondents.py:
#   Rscript tests/survey/clusters.R
# prints its table CLUSTERS (Debian: apt-get install r-cran-survey; made with survey 4.1-1).
suppressPackageStartupMessages(library(survey))
answer <- function(unit, person, item) 1 + (unit^2 + person * unit + item * person^2) %% 5
for (people in 1:5) for (item in 1:2) {
  d <- expand.grid(person = seq_len(people), unit = 1:12)
  d$y <- answer(d$unit, d$person, item)
  m <- svymean(~y, svydesign(ids = ~unit, data = d, weights = ~1))
  cat(sprintf("    (%d, %d, %.15f, %.15f),\n", people, item, coef(m), SE(m)))
}
