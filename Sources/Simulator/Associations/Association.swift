import Tabular

/// An association as the register of associations tells of it: one row.
struct Association {
  enum Position: String { case active = "A", dissolved = "D", deleted = "S", carriedOver = "R" }

  /// The place where it has its seat, as it was declared.
  struct Seat {
    var number = ""
    var way = ""
    var street = ""
    var postcode = ""
    var commune = ""
    var code = ""
  }

  /// The office that keeps its file: `591`.
  var office: String
  /// Six digits; with the office they are its W number.
  var number: Int
  var title: String
  var purpose: (code: String, text: String)
  var seat: Seat
  /// Days of `DayTable`; nothing is written 0001-01-01.
  var created: Int?
  var published: Int?
  var dissolved: Int?
  /// When the row was last written: a day, and a second of it.
  var updated: (day: Int, second: Int)
  var siret = ""
  var position = Position.active

  var w: String { "W" + office + digits }
  var digits: String { String(String(1_000_000 + number).dropFirst()) }

  /// As on the forms: the title, cut where it is long.
  var shortTitle: String { title.count <= 38 ? title : "\(title.prefix(34)) ..." }
}

/// Rows of the two files, in the order of columns and the way of quoting of the real ones.
struct AssociationRows {
  static let header =
    "id;id_ex;siret;rup_mi;gestion;date_creat;date_decla;date_publi;date_disso;nature;groupement;titre;titre_court;"
    + "objet;objet_social1;objet_social2;adrs_complement;adrs_numvoie;adrs_repetition;adrs_typevoie;adrs_libvoie;"
    + "adrs_distrib;adrs_codeinsee;adrs_codepostal;adrs_libcommune;adrg_declarant;adrg_complemid;adrg_complemgeo;"
    + "adrg_libvoie;adrg_distrib;adrg_codepostal;adrg_achemine;adrg_pays;dir_civilite;telephone;siteweb;email;publiweb;"
    + "observation;position;maj_time"
  static let olderHeader =
    "id;id_ex;siret;gestion;date_creat;date_publi;nature;groupement;titre;objet;objet_social1;objet_social2;adr1;adr2;"
    + "adr3;adrs_codepostal;libcom;adrs_codeinsee;dir_civilite;telephone;siteweb;email;observation;position;rup_mi;"
    + "maj_time"

  let days: DayTable
  /// The day of the tables.
  let today: Int

  /// A row of the file of those declared since 2009.
  func write(_ one: Association, to csv: inout CSVWriter) {
    fields([one.w, "", one.siret, "", "\(one.office)P"], to: &csv)
    // Declared some weeks later, and before the table was made.
    let declared = one.created.map { min(today - 1, $0 + 30) }
    for day in [one.created, declared, one.published, one.dissolved] { date(day, to: &csv) }
    fields(["D", "S", one.title, one.shortTitle, one.purpose.text, one.purpose.code, "000000"], to: &csv)
    fields(["", one.seat.number, "", one.seat.way, one.seat.street], to: &csv)
    csv.text("_;")
    fields([one.seat.code, one.seat.postcode, one.seat.commune, "", "", "", address(of: one), ""], to: &csv)
    fields([one.seat.postcode, one.seat.commune, "FRANCE", "PM", "", "", "", "0", ""], to: &csv)
    fields([one.position.rawValue], to: &csv)
    time(one.updated, to: &csv)
  }

  /// A row of the older file, whose numbers have no W: it is in the remarks once the association was carried over.
  func writeOlder(_ one: Association, to csv: inout CSVWriter) {
    fields(["\(one.office)P00\(one.digits)", "00\(one.digits)", one.siret, "\(one.office)P"], to: &csv)
    date(one.created, to: &csv)
    date(one.published, to: &csv)
    fields(["D", "S", one.title, one.purpose.text, one.purpose.code, "000000", ""], to: &csv)
    fields([address(of: one), "", one.seat.postcode, one.seat.commune, one.seat.code, "PM", "", "", ""], to: &csv)
    fields([one.position == .carriedOver ? one.w : "", one.position.rawValue, ""], to: &csv)
    time(one.updated, to: &csv)
  }

  private func address(of one: Association) -> String {
    one.seat.street.isEmpty ? "" : "\(one.seat.number)  \(one.seat.way) \(one.seat.street)"
  }

  /// What is empty is two quotes.
  private func fields(_ texts: [String], to csv: inout CSVWriter) {
    for text in texts {
      if text.isEmpty { csv.text("\"\"") } else { csv.string(text) }
      csv.semicolon()
    }
  }

  private func date(_ day: Int?, to csv: inout CSVWriter) {
    if let day { csv.bytes(days.iso(day)) } else { csv.text("0001-01-01") }
    csv.semicolon()
  }

  private func time(_ updated: (day: Int, second: Int), to csv: inout CSVWriter) {
    csv.bytes(days.iso(updated.day))
    csv.byte(UInt8(ascii: " "))
    for (place, value) in [updated.second / 3600, updated.second / 60 % 60, updated.second % 60].enumerated() {
      if place > 0 { csv.byte(UInt8(ascii: ":")) }
      csv.digits(value, 2)
    }
  }
}
