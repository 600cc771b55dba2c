META
key;value
description;An invented quarter
country;Nowhere
unit;Willow Court
instance;2026
num_projects;8
num_votes;60
budget;100000
vote_type;approval
rule;greedy
currency;CNY
PROJECTS
project_id;cost;votes;name
b1;30000;31;Benches along the canal path 沿河步道长椅
l2;34000;27;Lamps at the east gate 东门路灯
s3;24000;15;Swings by the kindergarten 幼儿园旁秋千
g4;9000;19;Raised beds for the school garden 校园种植箱
r5;22000;26;Repair of the ramp at block 7 7 号楼坡道维修
k6;12500;25;Parcel shelves in the station 驿站快递架
m7;15000;31;Mah-jong tables in the shade 树荫下的麻将桌
f8;70000;24;Fountain on the square 广场喷泉
VOTES
voter_id;vote;side
v53;k6,m7,r5;gate
v54;r5;gate
v60;k6,r5;gate
v58;b1,k6,r5;gate
v04;b1,f8,l2,m7,r5;canal
v38;g4,k6,r5,s3;gate
v07;g4,l2,m7;canal
v17;;canal
v59;k6,r5;gate
v23;b1,f8,l2,m7;canal
v30;b1,f8,m7;canal
v57;k6,r5;gate
v02;b1,l2,m7;canal
v50;g4,k6,s3;gate
v03;b1,f8,l2,m7;canal
v25;b1,f8,l2,m7;canal
v41;f8,g4,k6,r5,s3;gate
v13;b1,g4,l2,m7;canal
v56;k6,r5;gate
v22;b1,f8,m7;canal
v28;b1,l2,m7;canal
v18;b1,l2,m7;canal
v06;b1,f8,l2,m7;canal
v09;b1,f8,l2,m7;canal
v01;b1,f8,k6,l2,m7;canal
v19;b1,f8,l2,m7;canal
v14;b1,l2,m7;canal
v47;k6,r5,s3;gate
v10;b1,f8,l2,m7;canal
v11;b1,l2,m7;canal
v27;b1,f8,l2;canal
v36;g4,k6,r5,s3;gate
v33;g4,k6,r5,s3;gate
v46;g4,k6,r5,s3;gate
v29;b1,f8,l2,m7;canal
v34;g4,s3;gate
v35;g4,k6,r5,s3;gate
v21;b1,f8,m7;canal
v55;k6,r5;gate
v24;b1,f8,l2,m7;canal
v52;g4,k6,r5,s3;gate
v51;g4,r5;gate
v32;b1,f8,l2,m7;canal
v16;b1,f8,l2,m7;canal
v39;f8,g4,k6,r5;gate
v26;b1,f8,l2,m7;canal
v45;k6,r5,s3;gate
v20;b1,l2,m7;canal
v43;g4,k6,r5;gate
v40;g4,k6,r5;gate
v15;b1,f8,l2,m7;canal
v48;g4,k6,r5,s3;gate
v44;;gate
v31;f8,l2,m7;canal
v42;g4,k6,r5,s3;gate
v12;b1,f8,l2,m7;canal
v08;b1,f8,m7;canal
v49;b1,g4,k6,r5,s3;gate
v05;b1,l2,m7;canal
v37;g4,k6,r5,s3;gate
