"""Words that the synthetic exports are made of: a general vocabulary of the field, people, bodies and journals invented."""

from __future__ import annotations


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split(","))


METHODS = _split(
    """active learning, Bayesian optimisation, convolutional networks, density functional theory, equivariant potentials,
    Gaussian processes, genetic algorithms, gradient boosting, graph networks, high-throughput screening, kernel regression,
    language models, molecular dynamics, Monte Carlo sampling, multi-fidelity surrogates, neural potentials, normalising flows,
    phase-field simulation, random forests, reinforcement learning, robotic synthesis, sparse regression, support vectors,
    symbolic regression, tensor decomposition, transfer learning, uncertainty quantification, variational autoencoders,
    X-ray diffraction, Raman mapping, electron tomography, impedance spectroscopy, neutron scattering, text mining,
    diffusion models, causal discovery, ensemble averaging, metadynamics, cluster expansion, finite elements"""
)
MATERIALS = _split(
    """LiFePO4 cathodes, MAPbI3 films, high-entropy alloys, zeolite membranes, MoS2 monolayers, Ni superalloys, TiO2 nanotubes,
    amorphous silica, austenitic steels, bimetallic catalysts, boron carbides, carbon nitrides, ceramic coatings, cobalt oxides,
    copper interconnects, covalent frameworks, doped graphene, electrolyte interphases, epoxy composites, ferroelectric perovskites,
    garnet electrolytes, glassy polymers, half-Heusler compounds, hydrogel networks, ionic liquids, layered hydroxides,
    lead-free halides, magnesium hydrides, magnetic garnets, manganese spinels, metallic glasses, nitride semiconductors,
    organic photovoltaics, palladium nanoparticles, polymer blends, porous carbons, quantum dots, rare-earth magnets,
    shape-memory alloys, silicon anodes, sodium-ion hosts, solid acids, spin glasses, sulfide electrolytes, tungsten borides,
    vanadium bronzes, zinc anodes, zirconia ceramics, aluminium foams, bismuth tellurides"""
)
PROPERTIES = _split(
    """adhesion, adsorption enthalpy, band gap, bulk modulus, carrier mobility, charge transfer, coercivity, conductivity,
    corrosion rate, creep life, crystallinity, cycling stability, defect formation, dielectric loss, diffusion barriers, ductility,
    elastic anisotropy, electron affinity, exciton binding, fatigue limit, fracture toughness, glass transition, grain growth,
    hardness, hydrogen uptake, interfacial energy, ionic transport, lattice constants, magnetisation, melting point,
    nucleation rate, optical absorption, overpotential, oxygen evolution, permeability, phase stability, phonon lifetimes,
    piezoelectric response, porosity, reaction yield, segregation, selectivity, spin relaxation, strain hardening, surface tension,
    thermal expansion, thermopower, turnover frequency, viscosity, wear resistance"""
)
ADJECTIVES = _split(
    """accelerated, accurate, adaptive, anisotropic, autonomous, broad, calibrated, closed-loop, coarse-grained, combined,
    comparative, constrained, cooperative, correlated, data-driven, deep, defective, differentiable, disordered, distributed,
    efficient, emergent, explainable, flexible, generative, hierarchical, hybrid, improved, interpretable, inverse, iterative,
    kinetic, large-scale, local, mechanistic, mesoscale, microscopic, multiscale, nonlinear, operando, physics-informed,
    predictive, quantitative, rapid, reproducible, robust, scalable, semi-empirical, stochastic, systematic, transient,
    tunable, unified, unsupervised"""
)
NOUNS = _split(
    """analysis, assessment, benchmarks, calibration, characterisation, classification, comparison, control, design, discovery,
    evaluation, exploration, fabrication, identification, inference, insights, interpretation, mapping, measurement, mechanisms,
    modelling, optimisation, pathways, prediction, protocols, ranking, reconstruction, rules, scaling, screening, selection,
    sensitivity, simulation, strategies, synthesis, trends, tuning, understanding, validation, workflows"""
)
CONDITIONS = _split(
    """aqueous media, ball milling, cyclic loading, cryogenic temperatures, dry rooms, elevated pressure, external fields,
    fast charging, flow reactors, high humidity, hydrostatic strain, inert atmospheres, ion irradiation, laser melting,
    low dose, mild acids, open circuits, plasma exposure, rapid quenching, reducing gas, room temperature, shear flow, slow cooling,
    solvent exchange, spark sintering, steady illumination, supercritical fluids, thermal cycling, thin films, tight confinement,
    ultrafast pulses, uniaxial tension, vacuum annealing, weak coupling, wet etching, zero gravity"""
)

SURNAMES = _split(
    """Wang, Li, Zhang, Liu, Chen, Yang, Huang, Zhao, Wu, Zhou, Xu, Sun, Ma, Zhu, Hu, Guo, Kim, Lee, Park, Sato, Suzuki, Tanaka,
    Ito, Singh, Kumar, Sharma, Patel, Smith, Brown, Taylor, Wilson, Moore, Clark, Müller, Schmidt, Weber, Fischer, Martin, Bernard,
    Dubois, Rossi, Russo, Ferrari, García, López, Silva, Santos, Nilsson, Larsen, Virtanen, Novák, Kowalski, Ivanov, Petrov,
    Nguyen, Tran, Rahman, Hassan, O'Neill, van der Berg, de Vries, Al-Farsi, Mac Lean, Tremblay-Roy"""
)
GIVEN = _split(
    """Wei, Jing, Min, Hao, Yilong, Xiaoyu, Zhenhua, Guoqiang, Ji-Hoon, Min-Seo, Haruto, Yui, Amit, Priya, Rajesh, Anna, John,
    Mary E., Peter, Robert M., Karl-Heinz, Julia, Pierre, Claire, Marco, Giulia, José, María, João, Lars, Ingrid, Mikko, Pavel,
    Ewa, Sergei, Olga, Thanh, Linh, Omar, Fatima, Sean, Willem, Thomas A., Nora"""
)
# Town with postcode as printed, country as printed; of the United States the postcode stands before it.
TOWNS = tuple(
    tuple(town.split("|"))
    for town in _split(
        """Beijing 100083|Peoples R China, Shanghai 200240|Peoples R China, Wuhan 430074|Peoples R China, Xian 710072|Peoples R China,
        Shenzhen 518055|Peoples R China, Evanston|IL 60208 USA, Austin|TX 78712 USA, Boulder|CO 80309 USA, Ithaca|NY 14853 USA,
        D-52074 Aachen|Germany, D-76131 Karlsruhe|Germany, Leeds LS2 9JT|England, Bath BA2 7AY|England, Seoul 08826|South Korea,
        Daejeon 34141|South Korea, Sendai 9808577|Japan, Tsukuba 3050047|Japan, Chennai 600036|India, Pune 411008|India, F-38000 Grenoble|France,
        I-10129 Turin|Italy, E-46022 Valencia|Spain, Perth 6009|Australia, Montreal PQ H3A 0C5|Canada, SE-58183 Linköping|Sweden,
        Porto|Portugal, Tehran|Iran, Singapore 639798|Singapore, Ankara|Türkiye, Riyadh 11421|Saudi Arabia"""
    )
)
BODIES = _split("Northlake, Eastmoor, Silverhill, Larchfield, Redbridge, Ashgrove, Brightwater, Stonegate, Windmere, Fallowdale")
KINDS_OF_BODY = (("Univ", "University"), ("Inst Technol", "Institute of Technology"), ("Acad Sci", "Academy of Sciences"))
DEPARTMENTS = _split(
    """Sch Mat Sci & Engn, Dept Chem & Chem Engn, Dept Phys & Astron, Key Lab Energy Mat & Devices, Inst Comp Sci & Informat,
    Ctr Adv Mfg & Joining, Fac Mech & Civil Engn, State Key Lab Polymers & Composites"""
)
FUNDERS = _split(
    """Northlake Science Foundation, Eastmoor Research Council, National Programme for Advanced Materials of Larchfield,
    Silverhill Ministry of Energy, Brightwater Innovation Fund, Fundamental Research Funds of Stonegate,
    Windmere Postdoctoral Foundation, Ashgrove Key Programme of Basic Research"""
)
# Title, ISO abbreviation, 29-character abbreviation, stem of its DOIs, printed and electronic ISSN.
JOURNALS = tuple(
    (
        f"{first} OF {second}".upper(),
        f"{first[:4].rstrip('aeiou')}. {second[:6].rstrip('aeiou')}.",
        f"{first[:4].rstrip('aeiou')} {second[:6].rstrip('aeiou')}".upper(),
        f"j.{first[:4]}{second.replace(' ', '')[:8]}".lower(),
        f"{1000 + 37 * place:04d}-{2000 + 53 * place:04d}",
        f"{3000 + 41 * place:04d}-{4000 + 59 * place:04d}",
    )
    for place, (first, second) in enumerate(
        (first, second)
        for first in ("Annals", "Archives", "Bulletin", "Journal", "Letters", "Proceedings", "Records", "Transactions")
        for second in ("Alloys", "Catalysis", "Computation", "Energy Storage", "Interfaces", "Mechanics", "Polymers", "Thin Solids")
    )
)
CATEGORIES = (
    ("Materials Science, Multidisciplinary", "Materials Science"),
    ("Chemistry, Physical", "Chemistry"),
    ("Physics, Applied", "Physics"),
    ("Physics, Condensed Matter", "Physics"),
    ("Computer Science, Artificial Intelligence", "Computer Science"),
    ("Metallurgy & Metallurgical Engineering", "Metallurgy & Metallurgical Engineering"),
    ("Energy & Fuels", "Energy & Fuels"),
    ("Nanoscience & Nanotechnology", "Science & Technology - Other Topics"),
    ("Polymer Science", "Polymer Science"),
    ("Engineering, Chemical", "Engineering"),
)
