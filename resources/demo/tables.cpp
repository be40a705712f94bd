#include "resources/demo/tables.h"

namespace assay::demo {

namespace {

// clang-format off
constexpr River riverTable[] = {
    {"Vienna", "Danube"}, {"Paris", "Seine"}, {"London", "Thames"}, {"Cairo", "Nile"},
    {"Rome", "Tiber"}, {"Prague", "Vltava"}, {"Dublin", "Liffey"}, {"Warsaw", "Vistula"},
    {"Florence", "Arno"}, {"Hamburg", "Elbe"}, {"Cologne", "Rhine"}, {"Lyon", "Rhone"},
    {"Seville", "Guadalquivir"}, {"Moscow", "Moskva"}, {"Kyiv", "Dnieper"}, {"Baghdad", "Tigris"},
    {"Shanghai", "Huangpu"}, {"Wuhan", "Yangtze"}, {"Bangkok", "Chao Phraya"}, {"Hanoi", "Red River"},
    {"Lisbon", "Tagus"}, {"Bordeaux", "Garonne"}, {"Turin", "Po"}, {"Bremen", "Weser"},
    {"Ljubljana", "Ljubljanica"}, {"Vilnius", "Neris"}, {"Riga", "Daugava"}, {"Tbilisi", "Kura"},
};

constexpr Book bookTable[] = {
    {"Hamlet", "William Shakespeare"}, {"Emma", "Jane Austen"}, {"Don Quixote", "Miguel de Cervantes"},
    {"Faust", "Johann Wolfgang von Goethe"}, {"War and Peace", "Leo Tolstoy"},
    {"Crime and Punishment", "Fyodor Dostoevsky"}, {"Oliver Twist", "Charles Dickens"},
    {"Moby Dick", "Herman Melville"}, {"The Odyssey", "Homer"}, {"The Aeneid", "Virgil"},
    {"Candide", "Voltaire"}, {"Jane Eyre", "Charlotte Bronte"}, {"Wuthering Heights", "Emily Bronte"},
    {"Frankenstein", "Mary Shelley"}, {"Dracula", "Bram Stoker"}, {"Treasure Island", "Robert Louis Stevenson"},
    {"The Time Machine", "H. G. Wells"}, {"Middlemarch", "George Eliot"}, {"The Trial", "Franz Kafka"},
    {"Ulysses", "James Joyce"}, {"Madame Bovary", "Gustave Flaubert"}, {"Les Miserables", "Victor Hugo"},
    {"The Red and the Black", "Stendhal"}, {"Dead Souls", "Nikolai Gogol"}, {"Fathers and Sons", "Ivan Turgenev"},
    {"The Seagull", "Anton Chekhov"}, {"Walden", "Henry David Thoreau"}, {"Leaves of Grass", "Walt Whitman"},
    {"The Scarlet Letter", "Nathaniel Hawthorne"}, {"The Raven", "Edgar Allan Poe"},
    {"Little Women", "Louisa May Alcott"}, {"Around the World in Eighty Days", "Jules Verne"},
    {"Robinson Crusoe", "Daniel Defoe"}, {"Utopia", "Thomas More"}, {"The Prince", "Niccolo Machiavelli"},
    {"The Decameron", "Giovanni Boccaccio"}, {"Buddenbrooks", "Thomas Mann"}, {"Effi Briest", "Theodor Fontane"},
};

constexpr Opposite oppositeTable[] = {
    {"hot", "cold"}, {"big", "small"}, {"tall", "short"}, {"fast", "slow"}, {"old", "young"},
    {"light", "dark"}, {"full", "empty"}, {"open", "closed"}, {"hard", "soft"}, {"wet", "dry"},
    {"early", "late"}, {"near", "far"}, {"high", "low"}, {"rich", "poor"}, {"strong", "weak"},
    {"clean", "dirty"}, {"loud", "quiet"}, {"happy", "sad"}, {"thick", "thin"}, {"wide", "narrow"},
    {"sweet", "bitter"}, {"heavy", "light"}, {"first", "last"}, {"day", "night"}, {"summer", "winter"},
    {"up", "down"},
};

constexpr Task taskTable[] = {
    {"make tea", {"Boil some water", "Put the tea in a pot", "Pour the hot water on it", "Wait for three minutes"}},
    {"make coffee", {"Heat the water", "Put the ground coffee in a filter", "Pour the water slowly", "Serve it in a cup"}},
    {"boil an egg", {"Put the egg in a pan", "Cover it with water", "Boil it for six minutes", "Cool it under cold water"}},
    {"cook rice", {"Wash the rice", "Add twice as much water", "Cook it on a low heat", "Let it rest with the lid on"}},
    {"bake bread", {"Mix flour, water, salt and yeast", "Knead the dough", "Let it rise for an hour", "Bake it in a hot oven"}},
    {"make a salad", {"Wash the leaves", "Cut the tomatoes", "Mix oil and lemon", "Pour it over the bowl"}},
    {"wash a shirt", {"Fill a bowl with warm water", "Add a little soap", "Rub the collar", "Rinse it and hang it up"}},
    {"iron a shirt", {"Heat the iron", "Start with the collar", "Do the sleeves", "Finish with the back"}},
    {"plant a tree", {"Dig a deep hole", "Put the roots in it", "Fill it with earth", "Give it plenty of water"}},
    {"water a plant", {"Touch the earth", "Fill a can with water", "Pour it around the roots", "Stop when water runs out below"}},
    {"send a letter", {"Write the letter", "Put it in an envelope", "Write the address and add a stamp", "Drop it in a post box"}},
    {"change a bulb", {"Switch off the light", "Let the bulb cool", "Turn it to the left", "Put in the new one"}},
    {"fix a tyre", {"Take off the wheel", "Find the hole", "Glue a patch on it", "Fill the tyre with air"}},
    {"clean a window", {"Wipe off the dust", "Wash the glass with soap", "Rinse it with clean water", "Dry it with a cloth"}},
    {"paint a wall", {"Cover the floor", "Mend the holes", "Paint the edges first", "Roll the paint on twice"}},
    {"light a fire", {"Stack some thin wood", "Put paper below it", "Light the paper", "Add thick wood later"}},
    {"make a bed", {"Shake the pillows", "Pull the sheet tight", "Lay the blanket flat", "Put the pillows on top"}},
    {"set the table", {"Lay the cloth", "Put a plate at each place", "Add a knife and a fork", "Put the glasses behind"}},
    {"wash the dishes", {"Scrape off the food", "Fill the sink with hot water", "Wash the glasses first", "Let all of it dry"}},
    {"feed a cat", {"Wash its bowl", "Put in the food", "Fill another bowl with water", "Leave the cat alone"}},
    {"walk a dog", {"Take the lead", "Let the dog sniff", "Keep away from the road", "Come home and give it water"}},
    {"ride a bus", {"Look at the plan", "Wait at the stop", "Buy a ticket", "Press the button before your stop"}},
    {"buy a train ticket", {"Choose the station", "Choose the day", "Pay at the desk", "Keep the ticket until the end"}},
    {"wrap a present", {"Cut the paper", "Put the box in the middle", "Fold the sides over", "Tie it with a ribbon"}},
    {"sew a button", {"Thread the needle", "Put the button in place", "Sew through each hole", "Tie the thread behind"}},
    {"make soup", {"Cut the vegetables", "Fry them in oil", "Add water and salt", "Cook it for half an hour"}},
};

constexpr std::string_view nameTable[] = {"Anna", "Ben", "Clara", "David", "Emma", "Felix", "Grace", "Hugo",
    "Ines", "Jonas", "Kim", "Lena", "Mark", "Nina", "Oscar", "Paula", "Rosa", "Sam", "Tara", "Victor", "Wen", "Yuki",
    "Adam", "Bella", "Carl", "Dora", "Erik", "Flora", "George", "Hanna", "Ivan", "Julia", "Karl", "Laura", "Martin", "Olga"};

constexpr std::string_view goodTable[] = {"apples", "pears", "books", "cups", "candles", "eggs", "flowers",
    "lemons", "plates", "shirts", "stamps", "tickets", "tomatoes", "onions", "pencils", "chairs", "maps", "bottles"};

constexpr Composition compositionTable[] = {
    {"Carmen", "Georges Bizet"}, {"Tosca", "Giacomo Puccini"}, {"Aida", "Giuseppe Verdi"},
    {"Fidelio", "Ludwig van Beethoven"}, {"Messiah", "George Frideric Handel"}, {"Bolero", "Maurice Ravel"},
    {"La Mer", "Claude Debussy"}, {"The Magic Flute", "Wolfgang Amadeus Mozart"}, {"The Seasons", "Antonio Vivaldi"},
    {"Swan Lake", "Pyotr Tchaikovsky"}, {"Peer Gynt", "Edvard Grieg"}, {"Finlandia", "Jean Sibelius"},
    {"The Planets", "Gustav Holst"}, {"Salome", "Richard Strauss"}, {"Lohengrin", "Richard Wagner"},
    {"Rusalka", "Antonin Dvorak"}, {"Jenufa", "Leos Janacek"}, {"Wozzeck", "Alban Berg"},
    {"Parade", "Erik Satie"}, {"Faust Symphony", "Franz Liszt"}, {"Winterreise", "Franz Schubert"},
    {"Elijah", "Felix Mendelssohn"}, {"Petrushka", "Igor Stravinsky"}, {"Scheherazade", "Nikolai Rimsky-Korsakov"},
    {"Peter and the Wolf", "Sergei Prokofiev"}, {"Spartacus", "Aram Khachaturian"}, {"Norma", "Vincenzo Bellini"},
    {"William Tell", "Gioachino Rossini"},
};

// clang-format on
} // namespace

std::span<const River> rivers() {
    return riverTable;
}
std::span<const Book> books() {
    return bookTable;
}
std::span<const Composition> compositions() {
    return compositionTable;
}
std::span<const Opposite> opposites() {
    return oppositeTable;
}
std::span<const Task> tasks() {
    return taskTable;
}
std::span<const std::string_view> firstNames() {
    return nameTable;
}
std::span<const std::string_view> goods() {
    return goodTable;
}

} // namespace assay::demo
