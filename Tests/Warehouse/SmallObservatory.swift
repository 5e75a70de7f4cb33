import Diagnostics
import Filesystem
import TestSupport
import Warehouse

/// Four units of Lille, one of which has ceased, and a workforce file of an earlier year.
struct SmallObservatory {
  static let (a, b, c, p) = (
    SmallSirene.siren(1), SmallSirene.siren(2), SmallSirene.siren(3), SmallSirene.siren(4)
  )
  static let (a1, a2, b1, c1, p1) = (
    SmallSirene.siret(a, 1), SmallSirene.siret(a, 2), SmallSirene.siret(b, 1), SmallSirene.siret(c, 1),
    SmallSirene.siret(p, 1)
  )

  static let units: [SmallSirene.Unit] = [
    .init(a, name: "ALPHA"), .init(b, state: "C", name: "BETA"), .init(c, name: "GAMMA"),
    .init(p, form: "5710", activity: "62.01Z", name: "PI"),
  ]
  static let establishments: [SmallSirene.Place] = [
    .init(a1, band: "11"), .init(a2, band: "01"), .init(b1, state: "F"), .init(c1, band: "NN"),
    .init(p1, band: "12", activity: "62.01Z"),
  ]
  static let workforce = """
    establishment,year,jobs,fte,gross_pay
    \(a1),2020,12,10.5,300000
    \(b1),2020,8,,

    """

  let folder: TemporaryFolder
  let observatory: Observatory

  /// Of Belgium alone: the KBO has these enterprises.
  init(_ folder: TemporaryFolder, enterprises: [SmallKBO.Enterprise]) throws {
    self.init(folder, try Observatory(folder["o"], create: true))
    var kbo = SmallKBO()
    kbo.enterprises = enterprises
    for table in kbo.tables { try folder.write("kbo/\(table.name)", table.text) }
    _ = try observatory.importer.run(.init(.kbo, path: folder["kbo"]))
  }

  /// Without a register yet.
  init(_ folder: TemporaryFolder, _ observatory: Observatory) {
    (self.folder, self.observatory) = (folder, observatory)
  }

  init(
    units: [SmallSirene.Unit] = Self.units, establishments: [SmallSirene.Place] = Self.establishments,
    workforce: String? = Self.workforce
  ) throws {
    folder = try TemporaryFolder()
    observatory = try Observatory(folder["o"], create: true)
    try importing(.sireneUnits, "units.csv", SmallSirene.units(units))
    try importing(.sireneEstablishments, "establishments.csv", SmallSirene.establishments(establishments))
    if let workforce { try importing(.workforce, "workforce.csv", workforce) }
  }

  @discardableResult
  func importing(
    _ source: Source, _ name: String, _ text: String, replacing: Bool = false, vintage: String? = nil
  ) throws -> Receipt {
    var request = Importer.Request(source, path: try folder.write(name, text))
    request.replaces = replacing
    request.vintage = vintage
    return try observatory.importer.run(request)
  }

  func build() throws -> Manifest { try BuiltObservatory.build(observatory) }

  func table(
    _ id: String, of territory: String, _ year: Int, _ perimeter: String = "fr-flores-2018"
  ) throws -> FilledTable {
    try FilledTable(id, Release(observatory), perimeter, territory, year: year)
  }
}
