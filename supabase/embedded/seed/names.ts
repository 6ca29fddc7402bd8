const words = (text: string) => text.trim().split(/\s+/);

export const firstNames = words(`
  Amara Anna Anton Ava Beatriz Ben Bianca Caleb Camila Carlos Carmen Chloe Claire Connor Daniel Daria David Diego
  Elena Elise Emil Emma Erik Esther Ethan Eva Farah Felix Fiona Gabriel Georgia Grace Hana Hannah Hector Helen Hugo
  Ibrahim Ines Ingrid Isaac Isabel Ivan Jack Jamal Jasmine Javier Jelena Joanna Jonas Jordan Jorge Julia Kai Karen
  Karim Kenji Kira Laila Laura Leah Leo Liam Lina Linh Lucas Lucia Luis Maya Malik Marco Maria Marie Martin Mateo
  Megan Mei Mia Michael Mina Miriam Nadia Naomi Nathan Nick Nina Noah Nora Olga Olivia Omar Oscar Paolo Patrick Paul
  Pedro Petra Quinn Rachel Rafael Rania Rebecca Rosa Ruth Sam Samira Sandra Sara Sean Selma Simon Sofia Stefan Tara
  Teresa Theo Thomas Tomas Vera Victor Wanda Wei Yara Yusuf Zoe
`);

export const lastNames = words(`
  Abbott Acosta Adler Ahmed Albright Almeida Alvarez Andersen Archer Baker Banerjee Barlow Barros Becker Bellamy
  Bennett Berg Bianchi Blake Bloom Bowman Brandt Brennan Briggs Byrne Cabrera Calloway Campos Carver Castillo Chan
  Chavez Chen Clarke Cohen Colombo Conti Cooper Costa Cruz Dalton Daniels Delgado Devine Diaz Dixon Dominguez Doyle
  Drake Duarte Dunn Eklund Ellis Escobar Farrow Ferrari Figueroa Finch Fischer Flores Foster Fraser Fuentes Gallo
  Garner Gibson Gomez Grant Greco Green Gupta Haas Hale Hansen Harper Hart Hayes Herrera Hoffman Holt Hughes Ibarra
  Iyer Jansen Jensen Jimenez Kaplan Kaur Keller Kelly Khan Kim Klein Kovac Kruger Lambert Lane Larsen Lee Lind Lopez
  Lorenz Lund Maddox Mahoney Marino Marsh Martins Mason Mendez Meyer Miller Molina Moreau Morgan Moss Murphy Nakamura
  Nash Navas Nguyen Nolan Novak Ocampo Ortega Osman Owens Paine Park Patel Pereira Petrov Pierce Porter Quintero Ramos
  Reid Reyes Ricci Rivera Romano Rossi Ruiz Russo Salazar Santos Sato Schmidt Shah Silva Singh Soto Stone Suarez
  Svensson Tanaka Thorne Torres Tran Valdez Vance Vega Wagner Walsh Ward Weber Wong Wood Yamada Young Zhang Zimmer
`);
