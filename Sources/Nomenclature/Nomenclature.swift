// Nomenclature
