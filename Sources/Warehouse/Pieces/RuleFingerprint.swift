import Filesystem
import Nomenclature

/// The rules that pieces of a build are made by, as fingerprints: whatever file of them changes, everything that was
/// judged by it is judged again.
struct RuleFingerprint {
  /// Of what files are read by: nomenclatures, communes, perimeters, rules of matching.
  let ofReading: String
  /// Of these and of what is only looked at once all is read: territories made to measure, words of names.
  let ofAll: String

  /// `files` are those of the manifest; the options of perimeters and the history of communes count too.
  init(
    _ rules: [Manifest.RuleFile], _ ruleSets: [Manifest.RuleSet], _ archive: SourceArchive, _ observatory: Observatory
  ) throws {
    func isOfReading(_ rule: Manifest.RuleFile) -> Bool {
      !rule.file.hasPrefix("made/") && !rule.file.hasPrefix("directory/")
    }
    let reading = try Fingerprint()
    for rule in rules where isOfReading(rule) { reading.add("\(rule.file) \(rule.sha256)\n") }
    for set in ruleSets {
      reading.add(
        "\(set.id) \(set.sha256) \(set.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })\n")
    }
    if let communes = archive.newest(.communes) { reading.add("\(communes.sha256)\n") }
    ofReading = reading.finish()
    let all = try Fingerprint()
    all.add(ofReading)
    for rule in rules where !isOfReading(rule) { all.add("\(rule.file) \(rule.sha256)\n") }
    let made = "\(observatory.path)/territories"
    if Folder.exists(made) {
      for name in try Folder.names(in: made) where name.lowercased().hasSuffix(".csv") {
        all.add("\(name) \(try Fingerprint.of(file: "\(made)/\(name)"))\n")
      }
    }
    ofAll = all.finish()
  }
}

extension SourceArchive.Item {
  /// All its files.
  var sha256: String { receipt.files.map(\.sha256).joined(separator: " ") }

  /// The countries of which a file of headcounts may speak, as its vintage says; both where it does not.
  var countries: Set<Country> {
    let said = Country.allCases.filter { country in
      receipt.vintage.split(separator: "-").contains { $0 == country.rawValue.lowercased() }
    }
    return said.isEmpty ? Set(Country.allCases) : Set(said)
  }
}
