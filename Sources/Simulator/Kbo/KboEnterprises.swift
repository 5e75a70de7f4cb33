import Diagnostics
import Tabular

/// The rows of enterprise.csv, establishment.csv, branch.csv and contact.csv.
///
/// Text is quoted, dates are not, and what is empty is nothing at all: as the publisher writes.
struct KboEnterprises {
  static let header =
    #""EnterpriseNumber","Status","JuridicalSituation","TypeOfEnterprise","JuridicalForm","#
    + #""JuridicalFormCAC","StartDate""#

  private let text: KboText
  private let profile: CountryProfile

  init(_ text: KboText) {
    self.text = text
    profile = text.profile
  }

  func write(_ enterprise: Enterprise, to csv: inout CSVWriter) throws(Problem) {
    var draws = Draws(key: enterprise.key, 10_000)
    let form = profile.forms[enterprise.form]
    csv.enterpriseNumber(stem: enterprise.stem)
    csv.text(#","AC","#)
    if draws.happens(text.odd) {
      switch draws.below(10) {
      case 0..<5: csv.text(#""012","#)
      case 5..<7: csv.text(#""010","#)
      default: csv.text(#""050","#)
      }
    } else {
      csv.text(#""000","#)
    }
    csv.text(form.code.isEmpty ? #""1","# : #""2","#)
    csv.quoted(form.code)
    csv.comma()
    csv.quoted(form.newer)
    csv.comma()
    csv.bytes(text.days.belgian(enterprise.start))
    try csv.endRow()
  }

  func write(
    _ one: EstablishmentUnit, of enterprise: Enterprise, to csv: inout CSVWriter
  ) throws(Problem) {
    csv.establishmentNumber(stem: one.stem)
    csv.comma()
    csv.bytes(text.days.belgian(one.start))
    csv.comma()
    csv.enterpriseNumber(stem: enterprise.stem)
    try csv.endRow()
  }

  /// Branches of foreign entities: `"9.000.006.626"`.
  func writeBranch(
    _ enterprise: Enterprise, _ count: inout Int, to csv: inout CSVWriter
  ) throws(Problem) {
    guard profile.groups[enterprise.group].isForeign else { return }
    var draws = Draws(key: enterprise.key, 10_004)
    guard draws.happens(text.branch) else { return }
    count += 1
    csv.establishmentNumber(stem: 90_000_000 + count)
    csv.comma()
    csv.bytes(text.days.belgian(enterprise.start))
    csv.comma()
    csv.enterpriseNumber(stem: enterprise.stem)
    try csv.endRow()
  }

  /// Addresses in the domain that is reserved for examples (RFC 2606): no one can be written to.
  func writeContacts(_ enterprise: Enterprise, to csv: inout CSVWriter) throws(Problem) {
    var draws = Draws(key: enterprise.key, 10_005)
    guard draws.happens(text.contact) else { return }
    let kinds = 1 + draws.below(7)
    for kind in 0..<3 where kinds >> kind & 1 == 1 {
      csv.enterpriseNumber(stem: enterprise.stem)
      csv.text(#","ENT",""#)
      switch kind {
      case 0:
        csv.text(#"EMAIL","info@e"#)
        csv.number(enterprise.stem)
        csv.text(".example")
      case 1:
        csv.text(#"TEL","000 "#)
        csv.digits(draws.below(1_000_000), 6)
      default:
        csv.text(#"WEB","www.e"#)
        csv.number(enterprise.stem)
        csv.text(".example")
      }
      csv.byte(UInt8(ascii: "\""))
      try csv.endRow()
    }
  }
}
