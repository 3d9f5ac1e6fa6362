"""Statistical methods that know nothing of cities: arrays and frames in, frames out."""
