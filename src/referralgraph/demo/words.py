"""The words that names of people, places and companies are put together from."""

from __future__ import annotations


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GERMAN_MEN = _split(
    "Thomas Michael Andreas Peter Stefan Wolfgang Klaus Christian Frank Martin Jürgen Uwe Hans Markus Jörg Bernd "
    "Matthias Alexander Ralf Werner Manfred Rainer Dieter Oliver Holger Dirk Torsten Karl Helmut Daniel Jens Sven "
    "Joachim Florian Günter Sebastian Walter Robert Gerhard Volker Harald Jan Norbert Herbert Marco Tobias Axel "
    "Heinz Patrick Philipp Rolf Tim Ulrich Roland Steffen Reinhard Kai Felix Bernhard Johannes Marcus Lars Gerd "
    "Carsten Josef Simon Guido Olaf Friedrich Franz Armin Lukas Moritz Erwin Kurt Ingo Hartmut Siegfried Heiko Otto "
    "Ernst Georg Detlef Anton Timo Benedikt Hubert Ludwig Eberhard Jonas Maximilian Nils Wilhelm Egon Eugen Kilian "
    "Ruben Sascha Valentin Emil Konstantin Arne Hannes Dietmar Burkhard"
)
GERMAN_WOMEN = _split(
    "Sabine Claudia Petra Susanne Andrea Monika Birgit Martina Christine Stefanie Ursula Nicole Gabriele Anja "
    "Sandra Karin Katrin Barbara Julia Ute Renate Angelika Heike Simone Silke Anna Tanja Melanie Christina Elke "
    "Bettina Maria Brigitte Ingrid Daniela Katharina Kerstin Marion Ulrike Sonja Cornelia Doris Jutta Beate Carmen "
    "Regina Manuela Astrid Eva Helga Heidrun Silvia Anke Yvonne Ilona Margit Antje Franziska Nadine Rita Elisabeth "
    "Annette Gisela Nina Vera Waltraud Corinna Johanna Lena Inge Hannelore Judith Miriam Margarete Tina Rosemarie "
    "Edith Friederike Sigrid Carola Helene Meike Ines Gudrun Theresa Frauke"
)
INDONESIAN_MEN = _split(
    "Budi Agus Hendra Rudi Andi Bambang Eko Joko Dedi Wahyu Arif Yusuf Iwan Teguh Rizky Fajar Bayu Slamet Heru "
    "Surya Adi Gunawan Dwi Imam Indra Yanto"
)
INDONESIAN_WOMEN = _split(
    "Sri Dewi Siti Rina Wati Endang Ratna Indah Lestari Fitri Nur Yuni Maya Putri Ayu Kartika Ani Rini Dian Wulan "
    "Novi Intan Mega Tuti"
)
INDONESIAN_FAMILIES = _split(
    "Santoso Wijaya Setiawan Hidayat Kurniawan Saputra Susanto Nugroho Wibowo Siregar Lubis Nasution Hartono Halim "
    "Gunawan Pratama Rahardjo Sitompul Simanjuntak Harahap Tanjung Purnomo Suryadi Kusuma Hakim Firmansyah Permana "
    "Utomo Mulyadi Basuki Sutanto Prasetyo Wirawan Darmawan Iskandar Pangestu Sihombing Ginting Tarigan Manurung"
)
ENGLISH_MEN = _split(
    "James David John Paul Mark Andrew Richard Stephen Simon Ian Kevin Alan Graham Neil Gary Philip Stuart Keith "
    "Colin Adrian Nigel Barry Trevor Gordon Russell"
)
ENGLISH_WOMEN = _split(
    "Sarah Susan Karen Helen Jane Alison Tracey Deborah Joanne Fiona Rachel Emma Lynn Heather Wendy Gillian Louise "
    "Claire Amanda Beverley"
)
ENGLISH_FAMILIES = _split(
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts "
    "Green Hall Wood Jackson Clarke Hughes Edwards Turner Harrison Cooper Ward Bailey Parker Bennett Cook Shaw "
    "Fletcher Holmes Palmer Barker Chapman Hunter Marsh Norris Pearce"
)
GERMAN_FAMILIES = _split(
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein "
    "Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause "
    "Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz "
    "Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann "
    "Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer "
    "Groß Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch "
    "Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer"
)
FAMILY_STARTS = _split(
    "Ahl Alt Baum Berg Birk Blau Brack Brand Brenn Buch Burg Dahl Dorn Eber Eck Edel Eich Eis Erl Esch Falk Feld "
    "Fink Forst Gabel Gold Grau Grün Gut Haber Hag Hart Hasel Heid Hell Hirsch Hoch Holz Horst Kalk Kamp Kess Kirch "
    "Klee Knob Kohl Korn Kraft Kron Kugel Lamm Laub Leim Licht Lind Loh Luch Mahl Mark Mittel Moos Mühl Nagel Neu "
    "Nieder Nord Ober Ochs Ost Pfeil Quast Raben Reh Ried Ring Rod Rosen Rot Sand Schell Schild Schlei Schön Schwan "
    "Seel Silber Sonn Specht Stahl Stern Stolz Sund Tann Thal Trau Uhl Wachs Wald Wall Weid Wende Wester Wies Wild "
    "Wind Wohl Zell Zimm"
)
FAMILY_MIDDLES = ("", "en", "er", "el", "s", "in", "ers", "ig", "ein", "ol", "ach", "un")
FAMILY_ENDS = _split(
    "bach baum beck berg berger böck brink bruch burg busch dorf dorfer feld felder fels furt graf haber hagen "
    "hardt haus hauser häuser heim heimer hof hofer höfer holz horn huber kamm kamp keller kemper land lein ler "
    "ling löw mann maier meyer müller nagel rath reich reuter rieder roth sack schläger schmid stein steiner stett "
    "stetter tal thaler vogt wald weber wein wirth zweig"
)
TOWN_STARTS = _split(
    "Ahorn Alten Apfel Auer Birken Blumen Bären Brunnen Buchen Burg Distel Dohlen Drosten Eber Eichen Erlen Eschen "
    "Falken Farn Felsen Fichten Finken Ginster Grünen Hasel Heide Hirsch Hopfen Immen Kiefern Klee Königs Kranich "
    "Krähen Lerchen Lilien Linden Marder Mohn Moor Mühlen Nebel Nieder Ober Otter Pappel Quellen Raben Reiher Rohr "
    "Rosen Salz Schilf Schwalben Silber Sommer Stein Sternen Tauben Ulmen Unter Veilchen Wacholder Weiden Wolfs "
    "Ziegen"
)
TOWN_ENDS = _split(
    "au bach berg bronn brück burg dorf eck feld fels furt hagen hain hausen heim hof holz hofen ingen kirchen "
    "leben loh moor rain roda see stadt stein tal wald wangen weiler wiesen zell"
)
STATES = ("Nordmark", "Oberwald", "Seenland", "Mittelgau", "Westheide", "Bergland", "Ostau", "Südrain")
ABROAD = (
    "Zürich / Schweiz",
    "Wien / Österreich",
    "Surabaya / Indonesien",
    "Jakarta / Indonesien",
    "London / Großbritannien",
    "Leeds LS1 4 XX/Großbritannien",
    "Rotterdam / Niederlande",
    "Luxemburg/Luxemburg",
    "Wilmington Delaware 19801 (USA)",
)
STREETS = _split(
    "Hauptstraße Bahnhofstraße Gartenstraße Schulstraße Dorfstraße Bergstraße Lindenstraße Mühlweg Industriestraße "
    "Ringstraße Am+Markt Am+Hafen Gewerbepark Wiesenweg Kirchgasse Lange+Straße Im+Winkel Nordring Sandweg "
    "Uferstraße"
)
TRADES = _split(
    "Logistik Spedition Maschinenbau Elektrotechnik Bau Hochbau Tiefbau Immobilien Grundbesitz Handel Großhandel "
    "Textil Möbel Metallbau Werkzeugbau Fördertechnik Lagertechnik Kältetechnik Hydraulik Software Systeme Beratung "
    "Consulting Medien Druck Verlag Gastronomie Hotel Reisen Touristik Pharma Medizintechnik Apotheke Optik Agrar "
    "Gartenbau Holz Papier Verpackung Chemie Kunststoff Automobile Fahrzeugbau Reinigung Sicherheit Personal "
    "Energie Windpark Solar Wasser Umwelt Recycling Entsorgung Stahl Glas Keramik Farben Feinkost Brauerei Bäckerei "
    "Fleischwaren Getränke Weinbau Sport Spielwaren Schmuck Uhren Fotografie Akustik Musik Film Sanitär Dach"
)
COINED_STARTS = _split("Al Ar Bel Cor Del El Fer Gal Hel In Kal Lu Mer Nor Or Pro Quan Ro San Tec Ul Ven Vi Xe Zan")
COINED_MIDDLES = _split("ba co da di fo ga li lo ma mi na no pa ra ri so ta ti va vo")
COINED_ENDS = _split("con dor fix gon lan lex line log med mex nor plan pur ris sol tec tis tron vent vis xa")
CLUBS = _split(
    "Turnverein Sportverein Schützenverein Gesangverein Musikverein Kleingartenverein Förderverein+Grundschule "
    "Förderverein+Kindergarten Heimatverein Tennisclub Reitverein Angelverein Kulturverein Tierschutzverein "
    "Bürgerverein Narrenzunft Schachclub Imkerverein"
)
COOPERATIVES = _split(
    "Molkereigenossenschaft Baugenossenschaft Winzergenossenschaft Bezugs-+und+Absatzgenossenschaft "
    "Wohnungsgenossenschaft Energiegenossenschaft Milchverwertungsgenossenschaft Genossenschaftsbank"
)
PROFESSIONS = ("Rechtsanwälte", "Steuerberater", "Architekten", "Wirtschaftsprüfer", "Ingenieure", "Hebammen")
