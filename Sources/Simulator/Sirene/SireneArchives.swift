import Diagnostics
import Nomenclature
import Tabular

/// The two archives of a stock of the French register, open side by side.
struct SireneArchives: ~Copyable {
  var units: CSVWriter
  var establishments: CSVWriter
  private let unitFile: SimulatedFile
  private let establishmentFile: SimulatedFile
  private let unitZip: ZipWriter
  private let establishmentZip: ZipWriter

  init(in draft: Draft, vintage: Int? = nil) throws(Problem) {
    let unitFile = SimulatedFile(.fr, .units, vintage: vintage)
    let establishmentFile = SimulatedFile(.fr, .establishments, vintage: vintage)
    let unitZip = try ZipWriter(try draft.begin(unitFile.name))
    let establishmentZip = try ZipWriter(try draft.begin(establishmentFile.name))
    try unitZip.begin(entry: SireneUnits.entry)
    try establishmentZip.begin(entry: SireneEstablishments.entry)
    var units = CSVWriter(to: unitZip)
    var establishments = CSVWriter(to: establishmentZip)
    try units.header(SireneUnits.header)
    try establishments.header(SireneEstablishments.header)
    try SimulationMark.write(SimulationMark.unit, header: SireneUnits.header, to: &units)
    try SimulationMark.write(SimulationMark.establishment, header: SireneEstablishments.header, to: &establishments)
    (self.unitFile, self.establishmentFile) = (unitFile, establishmentFile)
    (self.unitZip, self.establishmentZip) = (unitZip, establishmentZip)
    self.units = units
    self.establishments = establishments
  }

  mutating func finish(comment: String) throws(Problem) -> [WrittenFile] {
    try units.flush()
    try establishments.flush()
    try unitZip.endEntry()
    try establishmentZip.endEntry()
    try unitZip.finish(comment: comment)
    try establishmentZip.finish(comment: comment)
    return [
      WrittenFile(file: establishmentFile, rows: establishments.rows),
      WrittenFile(file: unitFile, rows: units.rows),
    ]
  }
}
