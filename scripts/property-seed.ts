import fc from 'fast-check'

// The same commit gives the same result; `PROPERTY_SEED` tries other values.
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) })
