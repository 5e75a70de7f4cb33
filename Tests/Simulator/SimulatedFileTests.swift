import Nomenclature
import Testing

@testable import Simulator

@Suite("Names of simulated files")
struct SimulatedFileTests {
  static let files =
    [
      SimulatedFile(.fr, .units), SimulatedFile(.fr, .establishments), SimulatedFile(.be, .kbo),
      SimulatedFile(.fr, .workforce(year: 2024)), SimulatedFile(.be, .workforce(year: 1995)),
      SimulatedFile(.fr, .units, vintage: 2023), SimulatedFile(.be, .kbo, vintage: 1996),
      SimulatedFile(.fr, .list("ess-france")), SimulatedFile(.be, .list("cnc")),
    ]
    + Country.allCases.flatMap { country in SimulatedFile.Content.fixed(of: country).map { SimulatedFile(country, $0) }
    }

  @Test func `are those of the publishers' files agreed`() {
    #expect(
      Set(Self.files.map(\.name)).isSuperset(of: [
        "fr/rna_waldec.zip", "fr/rna_import.zip", "fr/urssaf_ess_regions.csv", "fr/urssaf_ess_france.csv",
        "fr/urssaf_communes.csv", "fr/clap_ess.csv", "fr/clap_communes.csv", "fr/flores_ess.csv", "fr/flores_all.csv",
        "fr/list_acteurs-locaux.csv",
        "be/onss_workplace.csv", "be/onss_head_office.csv", "be/vat_turnover.csv", "be/nbb_accounts.csv",
        "be/nbb_json.zip", "be/list_acteurs-locaux.csv",
      ]))
  }

  @Test(arguments: files)
  func `are read back`(file: SimulatedFile) { #expect(SimulatedFile(file.name) == file) }

  @Test(arguments: files)
  func `are those of nothing else`(file: SimulatedFile) {
    for name in [
      "\(file.name).part-8345", "\(file.name).bak", "x\(file.name)", "fr/\(file.name)", String(file.name.dropFirst(3)),
      file.name.uppercased(), "\(file.name)\n",
    ] { #expect(SimulatedFile(name) == nil, "\(name)") }
  }

  @Test(arguments: [
    "be/StockUniteLegale_utf8.zip", "fr/KboOpenData_Full.zip", "fr/workforce_24.csv", "fr/workforce_mine.csv",
    "fr/workforce_20245.csv", "fr/workforce_+024.csv", "fr/workforce_2024.csv/", "fr/list_.csv", "fr/list.csv",
    "fr/list_a b.csv", "fr/list_../x.csv", "nl/list_cnc.csv", "", "fr/", "fr/.csv", "fr/_.csv",
    "fr/2023/KboOpenData_Full.zip", "be/2023/workforce_2023.csv", "fr/23/StockUniteLegale_utf8.zip",
    "fr/2023/2022/StockUniteLegale_utf8.zip", "fr/2023", "fr/2023/",
  ])
  func `other names are none`(name: String) { #expect(SimulatedFile(name) == nil) }
}
